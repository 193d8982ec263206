/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-result.h"
#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

GPtrArray *wd_delivery_send (WdRedisConnection *redis, const WdBullmqSite *site, GPtrArray *entries,
                             GCancellable *cancellable, GError **error);
char      *wd_delivery_make_options (const WdQueueMapping *mapping, int priority, gboolean reset,
                                     gboolean readd_allowed);

G_END_DECLS
