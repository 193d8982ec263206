/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One request and what comes back: in one piece, up to a size, or piece by piece. */

#include "rest/wd-rest-exchange.h"

#include <glib/gi18n-lib.h>

#include "base/wd-await.h"
#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-tls.h"
#include "rest/wd-rest-address.h"

#define CHUNK      65536
#define MAX_BODY   (32 * 1024 * 1024)
/* A stream of events is never silent for so long. */
#define SILENCE_MS 30000
#define EVENTS     "text/event-stream"

static void
starting_cb (SoupMessage *message, gpointer data)
{
  WdRestRequest *request = data;

  request->sent = TRUE;
}

static SoupMessage *
make_message (WdRestClient *self, WdRestRequest *request)
{
  SoupMessage *message = soup_message_new_from_uri (request->method, request->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT;

  soup_message_headers_append (headers, "Accept", request->piece != NULL
                                                    ? EVENTS ", application/json"
                                                    : "application/json");
  if (request->last_id != NULL)
    soup_message_headers_append (headers, "Last-Event-ID", request->last_id);
  if (self->profile->api_token != NULL && wd_rest_address_is_same (self->base, request->uri))
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->profile->api_token, NULL);

      soup_message_headers_append (headers, "Authorization", bearer);
    }
  if (request->key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", request->key);
  if (request->body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (request->body, strlen (request->body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
      /* A connection kept open may have been closed over there just now. */
      flags |= SOUP_MESSAGE_NEW_CONNECTION;
    }
  soup_message_set_flags (message, flags);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), request);
  return message;
}

/* Says what is wrong with a certificate, rather than that something is. */
static void
take_error (SoupMessage *message, GUri *uri, GError *cause, GError **error)
{
  GTlsCertificateFlags problems = soup_message_get_tls_peer_certificate_errors (message);
  g_autofree char *host = wd_rest_address_dup_host (uri);

  if (wd_error_is_cancelled (cause))
    {
      g_propagate_error (error, cause);
      return;
    }
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) && problems != 0)
    {
      g_free (cause->message);
      cause->message = g_strdup (wd_tls_describe_problems (problems));
    }
  wd_await_take_error (error, cause);
  g_prefix_error (error, "%s: ", host);
}

static GInputStream *
send_message (WdRestClient *self, SoupMessage *message, WdRestRequest *request, GError **error)
{
  GInputStream *stream;
  GError *local = NULL;
  WdAwait await;

  wd_await_begin (&await, self->context, request->deadline, request->cancellable);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, await.inner, wd_await_cb,
                           &await);
  stream = soup_session_send_finish (self->session, wd_await_result (&await), &local);
  wd_await_finish (&await, &local);
  if (stream == NULL)
    take_error (message, request->uri, local, error);
  return stream;
}

static gssize
read_chunk (WdRestClient *self, GInputStream *stream, guint8 *chunk, SoupMessage *message,
            WdRestRequest *request, GError **error)
{
  GError *local = NULL;
  WdAwait await;
  gssize n;

  wd_await_begin (&await, self->context, request->deadline, request->cancellable);
  g_input_stream_read_async (stream, chunk, CHUNK, G_PRIORITY_DEFAULT, await.inner, wd_await_cb,
                             &await);
  n = g_input_stream_read_finish (stream, wd_await_result (&await), &local);
  wd_await_finish (&await, &local);
  if (n < 0)
    take_error (message, request->uri, local, error);
  return n;
}

static GByteArray *
read_body (WdRestClient *self, GInputStream *stream, SoupMessage *message, WdRestRequest *request,
           GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n;

  while ((n = read_chunk (self, stream, chunk, message, request, error)) > 0)
    {
      g_byte_array_append (body, chunk, (guint) n);
      if (body->len <= MAX_BODY)
        continue;
      g_set_error (error, WD_ERROR, WD_ERROR_PROTOCOL,
                   _("The answer is larger than %d MB and was not read on"),
                   MAX_BODY / 1024 / 1024);
      return NULL;
    }
  return n == 0 ? g_steal_pointer (&body) : NULL;
}

/* Reads on until somebody has enough. */
static void
read_events (WdRestClient *self, GInputStream *stream, SoupMessage *message,
             WdRestRequest *request, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n;

  do
    {
      request->deadline = wd_deadline_in (SILENCE_MS);
      n = read_chunk (self, stream, chunk, message, request, error);
    }
  while (n > 0 && request->piece (chunk, (gsize) n, request->piece_data, error));
  if (n == 0)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                         _("The remote dashboard has ended what it tells of changes"));
}

static gboolean
is_stream_of_events (SoupMessage *message, const WdRestRequest *request)
{
  const char *type = soup_message_headers_get_content_type (
    soup_message_get_response_headers (message), NULL);

  return request->piece != NULL && soup_message_get_status (message) == SOUP_STATUS_OK
         && type != NULL && g_ascii_strcasecmp (type, EVENTS) == 0;
}

static WdRestAnswer *
exchange_in_context (WdRestClient *self, WdRestRequest *request, char **location, GError **error)
{
  g_autoptr (SoupMessage) message = make_message (self, request);
  g_autofree char *host = wd_rest_address_dup_host (request->uri);
  g_autoptr (GInputStream) stream = send_message (self, message, request, error);
  g_autoptr (GByteArray) body = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (stream != NULL && is_stream_of_events (message, request))
    read_events (self, stream, message, request, error);
  else if (stream != NULL)
    body = read_body (self, stream, message, request, error);
  g_signal_handlers_disconnect_by_data (message, request);
  if (body == NULL)
    return NULL;
  *location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  return wd_rest_answer_new (message, body, host);
}

/**
 * wd_rest_exchange:
 * @self: a client that is connected
 * @request: what is asked; its `sent` and `deadline` move
 * @location: (out) (nullable): where it is told to go instead
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED; of a stream of events: why it ended
 *
 * Sends it once. libsoup's streams, too, belong to the context of their session when they are
 * closed. Worker.
 *
 * Returns: (transfer full): what came back, whatever its status; never a stream of events
 */
WdRestAnswer *
wd_rest_exchange (WdRestClient *self, WdRestRequest *request, char **location, GError **error)
{
  WdRestAnswer *answer;

  g_main_context_push_thread_default (self->context);
  answer = exchange_in_context (self, request, location, error);
  g_main_context_pop_thread_default (self->context);
  /* What is left of an answer must not be taken for the next one. */
  if (answer == NULL)
    wd_rest_client_disconnect (self);
  return answer;
}
