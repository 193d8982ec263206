/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-live.h"

G_BEGIN_DECLS

/**
 * WdListener:
 * @live: from now on changes are heard
 * @changed: these may have happened
 * @data: for both
 *
 * Whom one who listens tells. Called in the worker.
 */
typedef struct {
  void (*live) (gpointer data);
  void (*changed) (WdChange changes, gpointer data);
  gpointer data;
} WdListener;

gboolean wd_listen_to_rows (WdLane *lane, const WdListener *listener, GCancellable *cancellable,
                            GError **error);

/**
 * WdQueueEar:
 *
 * What has been heard of the queues so far, over all connections. Belongs to one thread.
 */
typedef struct _WdQueueEar WdQueueEar;

WdQueueEar *wd_queue_ear_new (const WdProfile *profile);
void        wd_queue_ear_free (WdQueueEar *self);
gboolean    wd_queue_ear_listen (WdQueueEar *self, WdLane *lane, const WdListener *listener,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
