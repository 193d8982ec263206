/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "rest/wd-rest-server.h"

typedef enum {
  KEYS_UNKNOWN,
  KEYS_IGNORED,
  KEYS_HONOURED,
} Keys;

struct _WdRestServer {
  int keys; /* atomic: a #Keys */
};

/**
 * wd_rest_server_new:
 *
 * Returns: (transfer full): a server of which nothing is known
 */
WdRestServer *
wd_rest_server_new (void)
{
  return g_atomic_rc_box_new0 (WdRestServer);
}

/**
 * wd_rest_server_ref:
 * @self: a server
 *
 * Returns: (transfer full): the same
 */
WdRestServer *
wd_rest_server_ref (WdRestServer *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wd_rest_server_unref:
 * @self: (transfer full): a server
 */
void
wd_rest_server_unref (WdRestServer *self)
{
  g_atomic_rc_box_release (self);
}

/**
 * wd_rest_server_honours_keys:
 * @self: a server
 *
 * Returns: whether the last good answer said that it writes nothing twice under one key; then a
 *   request whose answer was lost can be sent again
 */
gboolean
wd_rest_server_honours_keys (WdRestServer *self)
{
  return g_atomic_int_get (&self->keys) == KEYS_HONOURED;
}

/**
 * wd_rest_server_is_known:
 * @self: a server
 *
 * Returns: whether it has answered yet
 */
gboolean
wd_rest_server_is_known (WdRestServer *self)
{
  return g_atomic_int_get (&self->keys) != KEYS_UNKNOWN;
}

/**
 * wd_rest_server_set_honours_keys:
 * @self: a server
 * @honours_keys: what its last good answer said
 */
void
wd_rest_server_set_honours_keys (WdRestServer *self, gboolean honours_keys)
{
  g_atomic_int_set (&self->keys, honours_keys ? KEYS_HONOURED : KEYS_IGNORED);
}
