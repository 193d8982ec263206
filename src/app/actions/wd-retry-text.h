/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

char    *wd_retry_text_title (const WdJob *job);
char    *wd_retry_text_job (const WdJob *job);
char    *wd_retry_text_obstacle (const WdJob *job, gboolean reset);
char    *wd_retry_text_consequence (GPtrArray *jobs, const WdQueueJob *queue_job, gboolean reset,
                                    const WdProfile *profile);
char    *wd_retry_text_impossible (const WdJobDetail *detail, const WdProfile *profile);
char    *wd_retry_text_queue (const WdJobDetail *detail, const WdProfile *profile);
gboolean wd_retry_runs_itself (const WdQueueJob *queue_job);
char    *wd_retry_text_runs_itself (const WdQueueJob *queue_job);
char    *wd_retry_text_done (guint n_done, guint n_undelivered);

G_END_DECLS
