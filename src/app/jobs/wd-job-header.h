/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-paged-list.h"

G_BEGIN_DECLS

#define WD_TYPE_JOB_HEADER (wd_job_header_get_type ())
G_DECLARE_FINAL_TYPE (WdJobHeader, wd_job_header, WD, JOB_HEADER, GtkWidget)

void wd_job_header_set_list (WdJobHeader *self, WdPagedList *list);
void wd_job_header_set_job (WdJobHeader *self, const char *id);
void wd_job_header_step (WdJobHeader *self, int direction);
void wd_job_header_show_job (WdJobHeader *self, const WdJob *job, WdTime read_at);
void wd_job_header_show_none (WdJobHeader *self, const char *id);

G_END_DECLS
