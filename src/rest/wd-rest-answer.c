/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "rest/wd-rest-answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "wire/wd-wire-read-answer.h"

#define REASON_CHARACTERS 300

/* libsoup does not name it. */
#define TOO_MANY_REQUESTS 429

static WdTime
read_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : WD_TIME_NONE;
}

/* Seconds, or a date by the server's clock. */
static int
read_retry_after (const char *text, WdTime date)
{
  WdTime until = read_date (text);
  guint64 seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, 86400, &seconds, NULL))
    return (int) seconds * 1000;
  if (until == WD_TIME_NONE || date == WD_TIME_NONE)
    return -1;
  return (int) CLAMP ((until - date) / 1000, 0, 86400 * 1000);
}

/**
 * wd_rest_answer_new:
 * @message: answered
 * @body: of the answer
 * @host: who answered
 *
 * Returns: (transfer full): the answer
 */
WdRestAnswer *
wd_rest_answer_new (SoupMessage *message, GByteArray *body, const char *host)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *phrase = soup_message_get_reason_phrase (message);
  const char *offers = soup_message_headers_get_list (headers, WD_WIRE_OFFERS_HEADER);
  WdRestAnswer *self = g_new0 (WdRestAnswer, 1);

  self->host = g_strdup (host);
  self->status = soup_message_get_status (message);
  if (phrase == NULL || *phrase == '\0')
    phrase = soup_status_get_phrase (self->status);
  self->phrase = wd_format_visible (phrase, 60);
  self->text = body->len > 0 ? g_strndup ((const char *) body->data, body->len) : g_strdup ("");
  self->length = body->len;
  self->date = read_date (soup_message_headers_get_one (headers, "Date"));
  self->retry_after_ms = read_retry_after (soup_message_headers_get_one (headers, "Retry-After"),
                                           self->date);
  self->honours_keys = g_strcmp0 (soup_message_headers_get_one (headers, "Idempotency"),
                                  "supported") == 0;
  self->had_token = soup_message_headers_get_one (soup_message_get_request_headers (message),
                                                  "Authorization") != NULL;
  self->tells_offers = offers != NULL;
  self->offers = wd_wire_offers_from_text (offers);
  self->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  return self;
}

/**
 * wd_rest_answer_free:
 * @self: (transfer full): an answer
 */
void
wd_rest_answer_free (WdRestAnswer *self)
{
  g_free (self->host);
  g_free (self->phrase);
  g_free (self->text);
  g_free (self->key);
  g_free (self);
}

/**
 * wd_rest_answer_is_good:
 * @self: an answer
 *
 * Returns: whether it is what was asked for
 */
gboolean
wd_rest_answer_is_good (const WdRestAnswer *self)
{
  return self->status == SOUP_STATUS_OK || self->status == SOUP_STATUS_CREATED
         || self->status == SOUP_STATUS_ACCEPTED;
}

/**
 * wd_rest_answer_is_redirect:
 * @self: an answer
 *
 * Returns: whether it says to ask elsewhere
 */
gboolean
wd_rest_answer_is_redirect (const WdRestAnswer *self)
{
  return SOUP_STATUS_IS_REDIRECTION (self->status) && self->status != SOUP_STATUS_NOT_MODIFIED;
}

/**
 * wd_rest_answer_may_pass:
 * @self: an answer
 *
 * Returns: whether the same request may well be answered otherwise a little later
 */
gboolean
wd_rest_answer_may_pass (const WdRestAnswer *self)
{
  return self->status == TOO_MANY_REQUESTS || self->status == SOUP_STATUS_BAD_GATEWAY
         || self->status == SOUP_STATUS_SERVICE_UNAVAILABLE
         || self->status == SOUP_STATUS_GATEWAY_TIMEOUT;
}

static WdError
get_code (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
      return WD_ERROR_INVALID_ARGUMENT;
    case SOUP_STATUS_UNAUTHORIZED:
      return WD_ERROR_AUTHENTICATION;
    case SOUP_STATUS_FORBIDDEN:
      return WD_ERROR_PERMISSION;
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
    case SOUP_STATUS_NOT_IMPLEMENTED:
      return WD_ERROR_NOT_SUPPORTED;
    case SOUP_STATUS_CONFLICT:
      return WD_ERROR_DUPLICATE;
    case TOO_MANY_REQUESTS:
      return WD_ERROR_BUSY;
    case SOUP_STATUS_BAD_GATEWAY:
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
    case SOUP_STATUS_GATEWAY_TIMEOUT:
      return WD_ERROR_NO_CONNECTION;
    default:
      return SOUP_STATUS_IS_SERVER_ERROR (status) ? WD_ERROR_FAILED : WD_ERROR_PROTOCOL;
    }
}

/* What a page of markup says is for nobody; the status alone is. */
static const char *
explain_status (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return _("the token is missing, wrong or revoked");
    case SOUP_STATUS_FORBIDDEN:
      return _("the token does not allow this");
    case SOUP_STATUS_NOT_FOUND:
      return _("there is no dashboard at this address, or it does not have this");
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
      return _("the dashboard does not have this");
    default:
      return NULL;
    }
}

static void
append_retry_after (GString *text, const WdRestAnswer *self)
{
  int seconds = (self->retry_after_ms + 999) / 1000;

  if (self->retry_after_ms > 0)
    g_string_append_printf (text, ngettext ("; ask again in %d second",
                                            "; ask again in %d seconds", seconds), seconds);
}

/**
 * wd_rest_answer_explain:
 * @self: an answer that is not good
 * @error: what it means, in #WD_ERROR
 *
 * Says who answered, the status and the reason, never markup.
 */
void
wd_rest_answer_explain (const WdRestAnswer *self, GError **error)
{
  int code;
  g_autofree char *reason = wd_wire_read_failure (self->text, self->length, &code);
  g_autofree char *visible = reason != NULL ? wd_format_visible (reason, REASON_CHARACTERS) : NULL;
  const char *meaning = visible != NULL ? visible : explain_status (self->status);
  g_autoptr (GString) text = g_string_new (NULL);

  /* TRANSLATORS: a host, the status of HTTP and its name */
  g_string_append_printf (text, _("%s answered %u %s"), self->host, self->status, self->phrase);
  if (meaning != NULL)
    g_string_append_printf (text, ": %s", meaning);
  if (self->status == SOUP_STATUS_UNAUTHORIZED && !self->had_token)
    g_string_append_printf (text, " (%s)", _("this connection has none"));
  append_retry_after (text, self);
  if (code == -1)
    code = self->status == SOUP_STATUS_NOT_FOUND && reason != NULL ? WD_ERROR_NOT_FOUND
                                                                   : get_code (self->status);
  g_set_error_literal (error, WD_ERROR, code, text->str);
}

/**
 * wd_rest_answer_prefix:
 * @self: an answer that is good
 * @error: (inout): why it cannot be read; says who answered then
 */
void
wd_rest_answer_prefix (const WdRestAnswer *self, GError **error)
{
  g_prefix_error (error, _("%s answered %u %s: "), self->host, self->status, self->phrase);
}
