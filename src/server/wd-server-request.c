/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-request.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "server/wd-server-fault.h"
#include "server/wd-server-log.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-offers.h"
#include "wire/wd-wire-rest.h"

/* Bytes of answers that wait for clients to take them, of all together; what is as short as an
 * error is always told; and when there may be room again. */
#define UNSENT_MAX     ((gsize) wd_fault_span ("request:unsent", 96 * 1024 * 1024))
#define SMALL_ANSWER   (64 * 1024)
#define UNSENT_SECONDS 5

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
 * wd_server_request_header:
 * @self: a request that is not answered yet
 * @name: of a header
 * @value: of it
 */
void
wd_server_request_header (WdServerRequest *self, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name,
                                value);
}

static void
add_cors (WdServerRequest *self)
{
  const char *origin = soup_message_headers_get_one (
    soup_server_message_get_request_headers (self->message), "Origin");

  if (!wd_server_allows_origin (self->server, origin))
    return;
  wd_server_request_header (self, "Access-Control-Allow-Origin", origin);
  wd_server_request_header (self, "Access-Control-Expose-Headers",
                            "Date, Idempotency, Idempotency-Key, Retry-After, X-Request-Id, "
                            WD_WIRE_OFFERS_HEADER);
  wd_server_request_header (self, "Vary", "Origin");
}

static void
log_answer (WdServerRequest *self, guint status, gsize size, const char *detail)
{
  wd_server_metrics_count (self->server->metrics, self->route != NULL ? self->route->path : NULL,
                           status, g_get_monotonic_time () - self->began);
  wd_server_log_line (&(WdWireLine) {
    .level = status >= 500 ? "error" : "info",
    .message = detail,
    .request = self->id,
    .method = soup_server_message_get_method (self->message),
    .path = self->route != NULL ? self->route->path : NULL,
    .status = status,
    .microseconds = g_get_monotonic_time () - self->began,
    .size = size,
    .token = self->token != NULL ? self->token->name : NULL,
    .address = self->peer,
  });
}

/* What was held for it is free for others. */
static void
let_go (WdServerRequest *self)
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

#define JSON_TYPE "application/json; charset=utf-8"

/* What this service can do for whoever asks. */
static WdOffers
get_offers (const WdServerRequest *self)
{
  const WdProfile *profile = self->server->profile;
  WdOffers offers = WD_OFFER_CURSOR | WD_OFFER_SEARCH | WD_OFFER_EVENTS | WD_OFFER_BULK
                    | WD_OFFER_FILTER | WD_OFFER_ERRORS;

  if (!profile->read_only && self->token != NULL && self->token->role >= WD_API_OPERATOR)
    offers |= WD_OFFER_BULK_RUN;
  if (profile->redis_url == NULL)
    return offers;
  offers |= WD_OFFER_QUEUES;
  if (!profile->read_only && self->token != NULL && self->token->role >= WD_API_ADMIN)
    offers |= WD_OFFER_PAUSE;
  return offers;
}

/* The head of any answer. */
static void
begin_answer (WdServerRequest *self, guint status)
{
  g_autofree char *offers = wd_wire_offers_to_text (get_offers (self));

  self->answered = TRUE;
  let_go (self);
  add_cors (self);
  wd_server_request_header (self, "X-Request-Id", self->id);
  wd_server_request_header (self, "Idempotency", "supported");
  wd_server_request_header (self, WD_WIRE_OFFERS_HEADER, offers);
  if (self->key != NULL)
    wd_server_request_header (self, "Idempotency-Key", self->key);
  wd_server_request_header (self, "Cache-Control", "no-store");
  wd_server_request_header (self, "X-Content-Type-Options", "nosniff");
  if (self->server->stopping)
    wd_server_request_header (self, "Connection", "close");
  soup_server_message_set_status (self->message, status, NULL);
}

static char *
close_document (WdJsonWriter *writer)
{
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish_line (writer);
}

static char *
make_error (const char *message, const char *code, const char *field, const char *details)
{
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_wire_rest_error_members (writer, message, code, field, details);
  return close_document (writer);
}

/* What waits for those who show the same token. */
static gsize
count_unsent_alike (const WdServerRequest *self)
{
  GHashTableIter iter;
  gpointer other;
  gsize unsent = 0;

  g_hash_table_iter_init (&iter, self->server->requests);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    {
      const WdServerRequest *request = other;

      if (request->unsent > 0 && request->token != NULL && self->token != NULL
          && g_str_equal (request->token->id, self->token->id))
        unsent += request->unsent;
    }
  return unsent;
}

/* Whoever reads slowly keeps us from forgetting what he was told. One token may take half of the
 * room. What something has done is told in any case, and one answer for nobody but him. */
static gboolean
is_too_much (const WdServerRequest *self, gsize size)
{
  gsize alike;

  if (size <= SMALL_ANSWER || self->route == NULL || self->route->writes)
    return FALSE;
  if (self->server->unsent > 0 && self->server->unsent + size > UNSENT_MAX)
    return TRUE;
  if (self->server->unsent + size <= UNSENT_MAX / 2)
    return FALSE;
  alike = count_unsent_alike (self);
  return alike > 0 && alike + size > UNSENT_MAX / 2;
}

static void
finish (WdServerRequest *self, guint status, const char *type, char *body, const char *detail)
{
  gsize size = body != NULL ? strlen (body) : 0;

  g_return_if_fail (!self->answered);

  if (is_too_much (self, size))
    {
      wd_server_request_wait (self, UNSENT_SECONDS);
      g_free (body);
      status = 503;
      type = JSON_TYPE;
      detail = "Too much is waiting for clients that read slowly";
      body = make_error (detail, wd_error_code_name (WD_ERROR_BUSY), NULL, NULL);
      size = strlen (body);
    }
  if (!self->ended)
    {
      self->unsent = size;
      self->server->unsent += size;
    }
  begin_answer (self, status);
  if (body != NULL)
    soup_server_message_set_response (self->message, type, SOUP_MEMORY_TAKE, body, size);
  log_answer (self, status, size, detail);
  if (!self->paused)
    return;
  self->paused = FALSE;
  if (self->ended)
    return;
  wd_server_door_answering (self->server->door, self->message, size);
  soup_server_message_unpause (self->message);
}

/**
 * wd_server_request_begin_feed:
 * @self: a request that is not answered yet
 * @type: of what will come
 *
 * Its answer has no end that is known. Nothing is sent before the first piece of it is there; from
 * now on the message is its caller's.
 */
void
wd_server_request_begin_feed (WdServerRequest *self, const char *type)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  g_return_if_fail (!self->answered);

  begin_answer (self, 200);
  self->paused = FALSE;
  wd_server_request_header (self, "Content-Type", type);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  log_answer (self, 200, 0, "Begins to tell of changes");
}

/**
 * wd_server_request_answer:
 * @self: a request that is not answered yet
 * @status: of HTTP
 * @writer: (transfer full): the document, inside its outermost object
 */
void
wd_server_request_answer (WdServerRequest *self, guint status, WdJsonWriter *writer)
{
  finish (self, status, JSON_TYPE, close_document (writer), NULL);
}

/**
 * wd_server_request_answer_text:
 * @self: a request that is not answered yet
 * @status: of HTTP
 * @type: of @text
 * @text: (transfer full): the whole answer
 */
void
wd_server_request_answer_text (WdServerRequest *self, guint status, const char *type, char *text)
{
  finish (self, status, type, text, NULL);
}

/**
 * wd_server_request_answer_empty:
 * @self: a request that is not answered yet
 * @status: of HTTP
 */
void
wd_server_request_answer_empty (WdServerRequest *self, guint status)
{
  finish (self, status, NULL, NULL, NULL);
}

/**
 * wd_server_request_refuse:
 * @self: a request that is not answered yet
 * @status: of HTTP
 * @code: for programs
 * @field: (nullable): what is wrong with it
 * @message: for people
 */
void
wd_server_request_refuse (WdServerRequest *self, guint status, const char *code,
                          const char *field, const char *message)
{
  finish (self, status, JSON_TYPE, make_error (message, code, field, NULL), message);
}

/**
 * wd_server_request_wait:
 * @self: a request that is not answered yet
 * @seconds: after which it is worth while to ask again
 */
void
wd_server_request_wait (WdServerRequest *self, guint seconds)
{
  g_autofree char *text = g_strdup_printf ("%u", seconds);

  wd_server_request_header (self, "Retry-After", text);
}

static void
fail (WdServerRequest *self, const GError *error, const char *field, const char *message)
{
  WdServerFault fault = wd_server_fault_describe (error);

  if (fault.retry_after > 0)
    wd_server_request_wait (self, fault.retry_after);
  if (message != NULL)
    finish (self, fault.status, JSON_TYPE, make_error (message, fault.code, field, fault.message),
            error->message);
  else
    finish (self, fault.status, JSON_TYPE, make_error (fault.message, fault.code, field, NULL),
            error->message);
}

/**
 * wd_server_request_refuse_rate:
 * @self: a request that is not answered yet
 * @seconds: after which the next one is welcome
 */
void
wd_server_request_refuse_rate (WdServerRequest *self, guint seconds)
{
  wd_server_request_wait (self, seconds);
  wd_server_request_refuse (self, 429, "too-many-requests", NULL,
                            "Too many requests: wait a moment");
}

/**
 * wd_server_request_fail:
 * @self: a request that is not answered yet
 * @error: why what it asks was not done; the log has all of it
 * @field: (nullable): what is wrong with it
 */
void
wd_server_request_fail (WdServerRequest *self, const GError *error, const char *field)
{
  fail (self, error, field, NULL);
}

/**
 * wd_server_request_fail_as:
 * @self: a request that is not answered yet
 * @error: why what it asks was not done
 * @message: (nullable): what clients know this as; the reason goes beside it
 */
void
wd_server_request_fail_as (WdServerRequest *self, const GError *error, const char *message)
{
  fail (self, error, NULL, message);
}
