/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-request.h"

#include <string.h>

#include "server/wd-server-private.h"

/**
 * wd_server_request_new:
 * @server: who is asked
 * @message: whose head is there
 *
 * Returns: (transfer full): a request about which nothing is known yet
 */
WdServerRequest *
wd_server_request_new (WdServer *server, SoupServerMessage *message)
{
  WdServerRequest *self = g_new0 (WdServerRequest, 1);

  self->n_references = 1;
  self->server = g_object_ref (server);
  self->message = g_object_ref (message);
  self->cancellable = g_cancellable_new ();
  self->began = g_get_monotonic_time ();
  self->peer = wd_server_dup_peer (server, message);
  g_snprintf (self->id, sizeof self->id, "%08x%08x", g_random_int (), g_random_int ());
  return self;
}

/**
 * wd_server_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
WdServerRequest *
wd_server_request_ref (WdServerRequest *self)
{
  self->n_references++;
  return self;
}

/**
 * wd_server_request_unref:
 * @self: (transfer full): a request
 */
void
wd_server_request_unref (WdServerRequest *self)
{
  if (--self->n_references > 0)
    return;
  if (self->state != NULL)
    self->state_free (self->state);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->query, wd_server_query_free);
  wd_api_token_unref (self->account);
  wd_api_token_unref (self->token);
  g_free (self->word);
  g_free (self->peer);
  g_free (self->key);
  g_free (self->own_key);
  g_object_unref (self->message);
  g_object_unref (self->server);
  g_free (self);
}

/**
 * wd_server_request_get_who:
 * @self: a request
 *
 * Returns: (transfer none): the name of its token, or where one came from who has none
 */
const char *
wd_server_request_get_who (const WdServerRequest *self)
{
  return self->token != NULL ? self->token->name : self->peer;
}

/**
 * wd_server_request_get_token_id:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): whose it is
 */
const char *
wd_server_request_get_token_id (const WdServerRequest *self)
{
  return self->token != NULL ? self->token->id : NULL;
}

/**
 * wd_server_request_take_backend:
 * @self: a request that has none yet
 * @work: what is to be done
 *
 * Returns: (transfer none): who does it; given back with the answer
 */
WdBackend *
wd_server_request_take_backend (WdServerRequest *self, WdServerWork work)
{
  g_assert (!self->has_place);
  self->has_place = TRUE;
  self->work = work;
  return wd_server_pool_take (self->server->pool, work, &self->place);
}

/**
 * wd_server_request_make_origin:
 * @self: a request with a token, whose body is there
 *
 * Returns: (transfer full): in whose name it is, and under which key
 */
WdOrigin *
wd_server_request_make_origin (WdServerRequest *self)
{
  WdOrigin *origin = wd_origin_create (self->token->name, self->peer);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) body = NULL;

  if (self->key == NULL)
    return origin;
  body = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  g_checksum_update (checksum, (const guchar *) self->route->path, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  if (self->word != NULL)
    g_checksum_update (checksum, (const guchar *) self->word, -1);
  g_checksum_update (checksum, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  origin->key = g_strdup (self->key);
  origin->hash = g_strdup (g_checksum_get_string (checksum));
  return origin;
}

/**
 * wd_server_request_dup_body:
 * @self: a request whose body is there
 * @length: (out): bytes of it
 *
 * Returns: (transfer full): the body, with a zero byte behind it
 */
char *
wd_server_request_dup_body (WdServerRequest *self, gsize *length)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  const char *data = g_bytes_get_data (bytes, length);
  char *text = g_malloc (*length + 1);

  if (*length > 0)
    memcpy (text, data, *length);
  text[*length] = '\0';
  return text;
}

/**
 * wd_server_request_let_go:
 * @self: a request
 *
 * What was held for it is free for others.
 */
void
wd_server_request_let_go (WdServerRequest *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->has_place)
    wd_server_pool_give_back (self->server->pool, self->work, self->place);
  self->has_place = FALSE;
  if (self->holds_key)
    g_hash_table_remove (self->server->keys, self->own_key);
  self->holds_key = FALSE;
  if (self->running)
    wd_server_turns_give_back (self->server->turns, self->turn, wd_server_request_get_who (self));
  self->running = FALSE;
}
