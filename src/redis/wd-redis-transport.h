/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "redis/wd-redis-address.h"

G_BEGIN_DECLS

typedef struct _WdRedisTransport WdRedisTransport;

WdRedisTransport *wd_redis_transport_open (const WdRedisAddress *address, const char *ca_file,
                                           gint64 deadline, GCancellable *cancellable,
                                           GError **error);
void              wd_redis_transport_close (WdRedisTransport *self);

gboolean wd_redis_transport_read (WdRedisTransport *self, char *into, gsize size, gsize *n_read,
                                  GError **error);
gboolean wd_redis_transport_write (WdRedisTransport *self, const guint8 *data, gsize size,
                                   gsize *n_written, GError **error);
gboolean wd_redis_transport_wait (WdRedisTransport *self, GIOCondition condition, gint64 deadline,
                                  GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRedisTransport, wd_redis_transport_close)

G_END_DECLS
