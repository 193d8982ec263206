/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-job.h"

G_BEGIN_DECLS

#define WD_TYPE_JOB_LINE (wd_job_line_get_type ())
G_DECLARE_FINAL_TYPE (WdJobLine, wd_job_line, WD, JOB_LINE, GtkWidget)

GtkWidget   *wd_job_line_new (void);
void         wd_job_line_set_job (WdJobLine *self, const WdJob *job, WdTime now);
const WdJob *wd_job_line_get_job (WdJobLine *self);
void         wd_job_line_tell (WdJobLine *self, WdTime now);

G_END_DECLS
