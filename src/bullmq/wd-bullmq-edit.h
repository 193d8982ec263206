/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "bullmq/wd-bullmq-result.h"
#include "bullmq/wd-bullmq-site.h"

G_BEGIN_DECLS

gboolean wd_bullmq_promote (WdRedisConnection *conn, const WdBullmqQueue *queue,
                            const WdBullmqSite *site, const char *const *ids, gint64 deadline,
                            GCancellable *cancellable, GPtrArray **results, GError **error);
gboolean wd_bullmq_evict (WdRedisConnection *conn, const WdBullmqQueue *queue,
                          const WdBullmqSite *site, const char *state, const char *const *ids,
                          gint64 deadline, GCancellable *cancellable, GPtrArray **results,
                          GError **error);

G_END_DECLS
