/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "redis/wd-redis-address.h"
#include "redis/wd-redis-transport.h"

G_BEGIN_DECLS

gboolean wd_redis_greet (WdRedisTransport *transport, const WdRedisAddress *address,
                         const char *password, const char *client_name, gint64 deadline,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
