/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "redis/wd-redis-command.h"
#include "redis/wd-redis-transport.h"

G_BEGIN_DECLS

gboolean wd_redis_exchange (WdRedisTransport *transport, WdRedisCommand *const *commands,
                            gsize n_commands, gboolean with_sources, gint64 deadline,
                            GCancellable *cancellable, GPtrArray *replies, gboolean *write_sent,
                            GError **error);

G_END_DECLS
