/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-job.h"

G_BEGIN_DECLS

/**
 * WdQueueRows:
 *
 * Which rows are about jobs of queues. A row names its job by the id, or by queue and id where
 * BullMQ made that; in which queue it is, its type says.
 */
typedef struct _WdQueueRows WdQueueRows;

WdQueueRows *wd_queue_rows_new (void);
void         wd_queue_rows_free (WdQueueRows *self);
void         wd_queue_rows_want (WdQueueRows *self, const char *queue, const char *id);
gboolean     wd_queue_rows_load (WdQueueRows *self, WdLane *lane, gboolean by_index,
                                 GCancellable *cancellable, GError **error);
WdJob       *wd_queue_rows_get (WdQueueRows *self, const char *queue, const char *id,
                                gint64 made_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdQueueRows, wd_queue_rows_free)

G_END_DECLS
