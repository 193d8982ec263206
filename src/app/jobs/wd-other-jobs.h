/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_OTHER_JOBS (wd_other_jobs_get_type ())
G_DECLARE_FINAL_TYPE (WdOtherJobs, wd_other_jobs, WD, OTHER_JOBS, GtkWidget)

void wd_other_jobs_load (WdOtherJobs *self, WdBackend *backend, const WdJob *job);
void wd_other_jobs_tell (WdOtherJobs *self, WdTime now);

G_END_DECLS
