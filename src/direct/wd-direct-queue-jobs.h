/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-flow.h"
#include "model/wd-queue-jobs.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

WdQueueJobs *wd_direct_list_queue_jobs (WdLane *lane, WdQueueJobsRequest *request,
                                        GCancellable *cancellable, GError **error);
WdJobDetail *wd_direct_load_queue_job (WdLane *lane, const char *queue, const char *id,
                                       GCancellable *cancellable, GError **error);
WdFlow      *wd_direct_load_flow (WdLane *lane, const char *queue, const char *id,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
