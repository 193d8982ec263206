/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "rest/wd-rest-server.h"

typedef enum {
  KEYS_UNKNOWN,
  KEYS_IGNORED,
  KEYS_HONOURED,
} Keys;

struct _WdRestServer {
  int keys;   /* atomic: a #Keys */
  int offers; /* atomic: #WdOffers */
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
 * wd_rest_server_get_offers:
 * @self: a server
 *
 * Returns: what it can do beside what all do, as its last answer said
 */
WdOffers
wd_rest_server_get_offers (WdRestServer *self)
{
  return (WdOffers) g_atomic_int_get (&self->offers);
}

/**
 * wd_rest_server_learn:
 * @self: a server
 * @answer: that it gave; of a refusal only what the server itself says is believed
 */
void
wd_rest_server_learn (WdRestServer *self, const WdRestAnswer *answer)
{
  if (!wd_rest_answer_is_good (answer) && !answer->tells_offers)
    return;
  g_atomic_int_set (&self->offers, (int) answer->offers);
  g_atomic_int_set (&self->keys, answer->honours_keys ? KEYS_HONOURED : KEYS_IGNORED);
}
