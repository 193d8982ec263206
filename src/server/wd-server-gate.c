/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a request has to pass before anybody works on it. Once its head is there
 * (wd-server-head.c): limits, whether there is such a thing to ask, how much will come; once all of
 * it is there: whose it is and what that one may. Who is refused by the head is told so when the
 * rest was read, which is thrown away, within bounds. */

#include <string.h>

#include "base/wd-error.h"
#include "server/wd-server-head.h"
#include "server/wd-server-private.h"
#include "server/wd-server-request.h"

#define KEY_MAX       255

/* How long one may take, however many steps it has. */
#define RUN_SECONDS   30

/* As long is waited for the database before it is taken to be away. */
#define PATIENCE_MS   2000

static void
finished_cb (SoupServerMessage *message, WdServer *self)
{
  WdServerRequest *request = g_hash_table_lookup (self->requests, message);

  if (request == NULL)
    return;
  request->ended = TRUE;
  wd_server_backlog_remove (self->backlog, wd_server_request_get_token_id (request),
                            request->unsent);
  request->unsent = 0;
  g_hash_table_remove (self->requests, message);
}

static void
early_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  WdServer *self = data;
  WdServerRequest *request = wd_server_request_new (self, message);

  g_hash_table_insert (self->requests, message, request);
  g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, 0);
  if (wd_server_head_check (request))
    return;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  wd_server_request_header (request, "Connection", "close");
}

/* Also of what libsoup refused itself. */
static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, WdServer *self)
{
  WdServerRequest *request = g_hash_table_lookup (self->requests, message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (request != NULL)
    request->n_received += g_bytes_get_size (chunk);
  if ((request != NULL && request->n_received > WD_SERVER_DISCARD_MAX)
      || body->length > WD_SERVER_BODY_MAX)
    wd_server_door_cut (self->door, message);
}

static void
started_cb (WdServer *self, SoupServerMessage *message)
{
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (got_chunk_cb), self, 0);
}

static gboolean
too_long_cb (gpointer data)
{
  WdServerRequest *request = data;

  request->timer = 0;
  g_cancellable_cancel (request->cancellable);
  return G_SOURCE_REMOVE;
}

/* A form in a browser cannot send JSON, so no page can make a write with somebody's rights. */
static gboolean
is_json (WdServerRequest *request)
{
  const char *type = soup_message_headers_get_content_type (
    soup_server_message_get_request_headers (request->message), NULL);

  return type != NULL && g_ascii_strcasecmp (type, "application/json") == 0;
}

static gboolean
read_key (WdServerRequest *request)
{
  const char *key = soup_message_headers_get_list (
    soup_server_message_get_request_headers (request->message), "Idempotency-Key");
  gsize length = key != NULL ? strlen (key) : 0;

  if (key == NULL)
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      length = 0;
  if (length == 0 || length > KEY_MAX)
    {
      wd_server_request_refuse (request, 400, wd_error_code_name (WD_ERROR_INVALID_ARGUMENT),
                                "Idempotency-Key",
                                "Idempotency-Key has 1 to 255 visible characters of ASCII");
      return FALSE;
    }
  request->key = g_strdup (key);
  request->own_key = g_strconcat (request->token->id, " ", key, NULL);
  if (g_hash_table_contains (request->server->keys, request->own_key))
    {
      wd_server_request_wait (request, 1);
      wd_server_request_refuse (request, 409, wd_error_code_name (WD_ERROR_BUSY), NULL,
                                "The same request is being answered: ask again under the same "
                                "key");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_write (WdServerRequest *request)
{
  if (is_json (request))
    return read_key (request);
  wd_server_request_header (request, "Accept", "application/json");
  wd_server_request_refuse (request, 415, wd_error_code_name (WD_ERROR_INVALID_ARGUMENT),
                            "Content-Type", "Content-Type must be application/json");
  return FALSE;
}

static gboolean
read_query (WdServerRequest *request)
{
  g_autoptr (GError) error = NULL;

  request->query = wd_server_query_parse (
    g_uri_get_query (soup_server_message_get_uri (request->message)), &error);
  if (request->query != NULL)
    return TRUE;
  wd_server_request_fail (request, error, "query");
  return FALSE;
}

/* Whoever only asks whether the service lives, or how the stores are, is not in the way of the
 * others, nor they in his; nor is somebody without a token in the way of one who has one. */
static WdServerTurn
choose_turn (const WdServerRequest *request)
{
  if (request->route->patient || (request->route->open && request->token != NULL))
    return WD_SERVER_TURN_WATCH;
  if (request->route->open)
    return WD_SERVER_TURN_PROBE;
  return request->route->writes ? WD_SERVER_TURN_WRITE : WD_SERVER_TURN_READ;
}

static gboolean
take_turn (WdServerRequest *request)
{
  const WdServerRoute *route = request->route;

  request->turn = choose_turn (request);
  /* What is answered at once holds nothing up. */
  if (route->at_once)
    return TRUE;
  request->running = wd_server_turns_take (request->server->turns, request->turn,
                                           wd_server_request_get_who (request));
  if (request->running)
    return TRUE;
  wd_server_request_wait (request, 1);
  wd_server_request_refuse (request, 503, wd_error_code_name (WD_ERROR_BUSY), NULL,
                            "Too many requests are being worked on");
  return FALSE;
}

static void
run (WdServerRequest *request)
{
  WdServer *server = request->server;

  if ((request->route->writes ? !check_write (request) : !read_query (request))
      || !take_turn (request))
    return;
  if (request->key != NULL)
    {
      g_hash_table_add (server->keys, g_strdup (request->own_key));
      request->holds_key = TRUE;
    }
  request->timer = g_timeout_add_seconds (RUN_SECONDS, too_long_cb, request);
  request->route->run (request);
}

static void
refuse_stranger (WdServerRequest *request, const char *message)
{
  guint seconds;

  if (!wd_server_limits_take (request->server->of_failures, request->peer,
                              g_get_monotonic_time (), &seconds))
    {
      wd_server_request_refuse_rate (request, seconds);
      return;
    }
  wd_server_request_header (request, "WWW-Authenticate", "Bearer realm=\"worker-dashboard\"");
  wd_server_request_refuse (request, 401, "unauthorized", NULL, message);
}

static void
token_cb (WdApiToken *token, const GError *error, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  guint seconds;

  if (error != NULL)
    wd_server_request_fail (request, error, NULL);
  else if (token == NULL)
    refuse_stranger (request, "The token is not valid");
  else
    {
      request->token = wd_api_token_ref (token);
      if (request->account == NULL
          && !wd_server_limits_take (request->server->of_tokens, token->name,
                                     g_get_monotonic_time (), &seconds))
        wd_server_request_refuse_rate (request, seconds);
      else if (token->role < request->route->role)
        wd_server_request_refuse (request, 403, wd_error_code_name (WD_ERROR_PERMISSION), NULL,
                                  "The token's role does not allow this");
      else
        run (request);
    }
}

/* Somebody who is to be told how things are, above all when they are bad. */
typedef struct {
  WdServerRequest *request;   /* (owned) */
  char *secret;               /* (owned) */
  guint timer;                /* 0 once he is let in or not */
  gboolean settled;
} Patient;

/* As far as that was known when the database answered last. */
static void
recall (Patient *patient, const GError *error)
{
  WdApiToken *token = wd_server_tokens_recall (patient->request->server->tokens, patient->secret);

  patient->settled = TRUE;
  token_cb (token, token == NULL ? error : NULL, wd_server_request_ref (patient->request));
}

static gboolean
patience_cb (gpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (WD_ERROR, WD_ERROR_TIMED_OUT,
                                                  "Whose token it is takes too long to find out");
  Patient *patient = data;

  patient->timer = 0;
  recall (patient, error);
  return G_SOURCE_REMOVE;
}

static void
patient_token_cb (WdApiToken *token, const GError *error, gpointer data)
{
  Patient *patient = data;

  g_clear_handle_id (&patient->timer, g_source_remove);
  if (!patient->settled && error != NULL)
    recall (patient, error);
  else if (!patient->settled)
    token_cb (token, NULL, wd_server_request_ref (patient->request));
  wd_server_request_unref (patient->request);
  g_free (patient->secret);
  g_free (patient);
}

static void
find_whose (WdServerRequest *request, const char *secret)
{
  WdServerTokens *tokens = request->server->tokens;
  Patient *patient;

  if (!request->route->patient)
    {
      wd_server_tokens_find (tokens, secret, token_cb, wd_server_request_ref (request));
      return;
    }
  patient = g_new0 (Patient, 1);
  patient->request = wd_server_request_ref (request);
  patient->secret = g_strdup (secret);
  patient->timer = g_timeout_add (PATIENCE_MS, patience_cb, patient);
  wd_server_tokens_find (tokens, secret, patient_token_cb, patient);
}

static void
late_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
         gpointer data)
{
  WdServer *self = data;
  WdServerRequest *request = g_hash_table_lookup (self->requests, message);
  g_autofree char *secret = NULL;

  g_return_if_fail (request != NULL);

  soup_server_message_pause (message);
  request->paused = TRUE;
  secret = wd_server_head_dup_secret (request);
  if (request->route->open)
    {
      request->token = request->account != NULL ? wd_api_token_ref (request->account) : NULL;
      run (request);
    }
  else if (secret == NULL)
    refuse_stranger (request, "A token is needed: Authorization: Bearer TOKEN");
  else
    find_whose (request, secret);
}

/* From now on requests are heard. */
void
wd_server_gate_open (WdServer *self)
{
  soup_server_add_early_handler (self->soup, "/", early_cb, self, NULL);
  soup_server_add_handler (self->soup, "/", late_cb, self, NULL);
  g_signal_connect_object (self->soup, "request-started", G_CALLBACK (started_cb), self,
                           G_CONNECT_SWAPPED);
}
