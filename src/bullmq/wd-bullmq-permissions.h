/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

gboolean wd_bullmq_permissions_check (WdRedisConnection *conn, const char *prefix,
                                      const char *user, gboolean read_only, GPtrArray *checks,
                                      gint64 deadline, GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
