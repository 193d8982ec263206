/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"

G_BEGIN_DECLS

GPtrArray *wd_direct_name_queues (WdLane *lane, WdRedisConnection *redis,
                                  GCancellable *cancellable, GError **error);
GPtrArray *wd_direct_list_queues (WdLane *lane, GCancellable *cancellable, GError **error);
gboolean   wd_direct_set_queue_paused (WdLane *lane, const char *queue, gboolean paused,
                                       GCancellable *cancellable, GError **error);

G_END_DECLS
