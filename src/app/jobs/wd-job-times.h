/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"

G_BEGIN_DECLS

char *wd_job_times_wait (const WdJob *job, WdTime now);
char *wd_job_times_run (const WdJob *job, WdTime now);
char *wd_job_times_day (WdTime time, WdTime now, GTimeZone *zone, const char *day);

G_END_DECLS
