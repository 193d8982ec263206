/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-job.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

WdBullmqBirth wd_job_birth_of (const char *job_id, const char *id, WdTime created);
gboolean      wd_job_birth_fits (const WdJob *row, const char *id, gint64 made_ms);
gboolean      wd_job_birth_overlaps (const WdJob *one, const WdJob *other, const char *id);
gboolean      wd_job_birth_locate (const WdJob *row, const WdProfile *profile, char **queue,
                                   char **id, WdBullmqBirth *birth);

G_END_DECLS
