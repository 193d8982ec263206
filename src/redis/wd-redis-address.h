/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdRedisAddress:
 * @host: (nullable): a name or an address, %NULL for a unix socket
 * @port: of @host
 * @unix_path: (nullable): absolute
 * @tls: whether the connection is encrypted, and then always verified
 * @username: (nullable): ACL user
 * @password: (nullable): never part of a message
 * @database: its number
 *
 * Where a Redis is.
 */
typedef struct {
  char *host;
  guint16 port;
  char *unix_path;
  gboolean tls;
  char *username;
  char *password;
  int database;
} WdRedisAddress;

WdRedisAddress *wd_redis_address_parse (const char *url, GError **error);
char           *wd_redis_address_describe (const WdRedisAddress *self);
void            wd_redis_address_free (WdRedisAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRedisAddress, wd_redis_address_free)

G_END_DECLS
