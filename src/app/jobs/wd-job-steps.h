/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-paged-list.h"

G_BEGIN_DECLS

#define WD_TYPE_JOB_STEPS (wd_job_steps_get_type ())
G_DECLARE_FINAL_TYPE (WdJobSteps, wd_job_steps, WD, JOB_STEPS, GtkWidget)

void wd_job_steps_set_list (WdJobSteps *self, WdPagedList *list);
void wd_job_steps_set_job (WdJobSteps *self, const char *id);
void wd_job_steps_step (WdJobSteps *self, int direction);

G_END_DECLS
