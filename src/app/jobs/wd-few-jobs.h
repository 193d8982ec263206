/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-paged-list.h"

G_BEGIN_DECLS

#define WD_TYPE_FEW_JOBS (wd_few_jobs_get_type ())
G_DECLARE_FINAL_TYPE (WdFewJobs, wd_few_jobs, WD, FEW_JOBS, GObject)

WdFewJobs   *wd_few_jobs_new (guint n);
void         wd_few_jobs_read (WdFewJobs *self, WdBackend *backend, const WdJobFilter *filter);
void         wd_few_jobs_cancel (WdFewJobs *self);
WdPagedList *wd_few_jobs_open_list (WdFewJobs *self);

G_END_DECLS
