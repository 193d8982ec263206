/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "redis/wd-redis-address.h"
#include "redis/wd-redis-command.h"
#include "redis/wd-redis-reply.h"
#include "redis/wd-redis-script.h"

G_BEGIN_DECLS

typedef struct _WdRedisConnection WdRedisConnection;

WdRedisConnection *wd_redis_connection_new (WdRedisAddress *address, const char *password,
                                            const char *ca_file, const char *client_name);
void               wd_redis_connection_free (WdRedisConnection *self);

gboolean    wd_redis_connection_ensure (WdRedisConnection *self, gint64 deadline,
                                        GCancellable *cancellable, GError **error);
void        wd_redis_connection_drop (WdRedisConnection *self);
gboolean    wd_redis_connection_is_connected (WdRedisConnection *self);
guint64     wd_redis_connection_get_serial (WdRedisConnection *self);
const char *wd_redis_connection_describe (WdRedisConnection *self);

redisReply *wd_redis_connection_call (WdRedisConnection *self, WdRedisCommand *command,
                                      gint64 deadline, GCancellable *cancellable, GError **error);
GPtrArray  *wd_redis_connection_pipeline (WdRedisConnection *self, WdRedisCommand *const *commands,
                                          gsize n_commands, gint64 deadline,
                                          GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRedisConnection, wd_redis_connection_free)

G_END_DECLS
