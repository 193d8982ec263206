/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-list-page.h"

G_BEGIN_DECLS

#define WD_TYPE_JOBS_PAGE (wd_jobs_page_get_type ())
G_DECLARE_FINAL_TYPE (WdJobsPage, wd_jobs_page, WD, JOBS_PAGE, WdListPage)

WdJobsPage *wd_jobs_page_new (WdWorkspace *workspace);
void        wd_jobs_page_show_recent (WdJobsPage *self, const char *type, const char *status);
void        wd_jobs_page_show (WdJobsPage *self, const char *type, const char *status);
void        wd_jobs_page_show_wallet (WdJobsPage *self, const char *address);
void        wd_jobs_page_show_error_group (WdJobsPage *self, const char *name);

G_END_DECLS
