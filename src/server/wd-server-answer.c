/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a request is answered: what stands at the head of any answer, documents, errors, and what is
 * said instead while too much waits for clients that read slowly. */

#include "server/wd-server-request.h"

#include <string.h>

#include "base/wd-error.h"
#include "server/wd-server-fault.h"
#include "server/wd-server-log.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-offers.h"
#include "wire/wd-wire-rest.h"

#define JSON_TYPE "application/json; charset=utf-8"

/* What is as short as an error is always told; and when there may be room again for what is not. */
#define SMALL_ANSWER   (64 * 1024)
#define UNSENT_SECONDS 5

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
  wd_server_request_let_go (self);
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

/* What something has done is told in any case. */
static gboolean
is_too_much (const WdServerRequest *self, gsize size)
{
  return size > SMALL_ANSWER && self->route != NULL && !self->route->writes
         && !wd_server_backlog_has_room (self->server->backlog,
                                         wd_server_request_get_token_id (self), size);
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
      wd_server_backlog_add (self->server->backlog, wd_server_request_get_token_id (self), size);
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
