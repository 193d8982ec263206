/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-receipt.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

gboolean wd_tombstones_write (WdRedisConnection *redis, GPtrArray *entries, gboolean jobs_count,
                              GCancellable *cancellable, WdBullmqReceipt *found, GError **error);

G_END_DECLS
