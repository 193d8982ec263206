/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a request once its head is there: whether it goes anywhere, and whether as much
 * as will come is welcome. */

#include "server/wd-server-head.h"

#include <string.h>

#include "base/wd-error.h"
#include "server/wd-server-break.h"
#include "server/wd-server-private.h"

#define HEADERS_MAX   16384
#define PATH_MAX_SIZE 2048
#define QUERY_MAX     8192
#define LENGTH_DIGITS 18

#define BEARER "Bearer "

static gsize
measure_headers (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  gsize size = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    size += strlen (name) + strlen (value) + 4;
  return size;
}

static void
refuse_invalid (WdServerRequest *request, guint status, const char *message)
{
  wd_server_request_refuse (request, status, wd_error_code_name (WD_ERROR_INVALID_ARGUMENT), NULL,
                            message);
}

/* As the deployed server does; for browsers and clients alike that is the same request again. */
static void
redirect (WdServerRequest *request, const char *path, const char *query)
{
  g_autofree char *plain = g_strndup (path, strlen (path) - 1);
  g_autofree char *place = query != NULL ? g_strconcat (plain, "?", query, NULL)
                                         : g_strdup (plain);

  wd_server_request_header (request, "Location", place);
  wd_server_request_answer_empty (request, 308);
}

/* A path that goes nowhere without its last slash goes nowhere with it. */
static gboolean
has_slash_too_many (const char *path)
{
  g_autofree char *plain = g_strndup (path, strlen (path) - 1);
  g_autofree char *word = NULL;

  return g_str_has_suffix (path, "/") && wd_server_route_find (plain, &word) != NULL;
}

/* A browser asks first whether a page may. */
static void
answer_preflight (WdServerRequest *request)
{
  wd_server_request_header (request, "Access-Control-Allow-Methods",
                            wd_server_route_get_methods (request->route));
  wd_server_request_header (request, "Access-Control-Allow-Headers",
                            "Authorization, Content-Type, Idempotency-Key");
  wd_server_request_header (request, "Access-Control-Max-Age", "600");
  wd_server_request_answer_empty (request, 204);
}

/* Whether it goes somewhere. */
static gboolean
find_route (WdServerRequest *request, GUri *uri)
{
  const char *method = soup_server_message_get_method (request->message);
  const char *path = g_uri_get_path (uri);
  const char *origin = soup_message_headers_get_one (
    soup_server_message_get_request_headers (request->message), "Origin");
  const WdServerRoute *chosen = NULL;

  request->route = wd_server_route_find (path, &request->word);
  if (request->route == NULL && has_slash_too_many (path))
    redirect (request, path, g_uri_get_query (uri));
  else if (request->route == NULL)
    wd_server_request_refuse (request, 404, wd_error_code_name (WD_ERROR_NOT_FOUND), NULL,
                              "There is nothing of that name here");
  else if (strcmp (method, "OPTIONS") == 0 && wd_server_allows_origin (request->server, origin))
    answer_preflight (request);
  else if ((chosen = wd_server_route_choose (request->route, method)) == NULL)
    {
      wd_server_request_header (request, "Allow", wd_server_route_get_methods (request->route));
      wd_server_request_refuse (request, 405, "method-not-allowed", NULL,
                                "This is not asked with that method");
    }
  if (request->answered)
    return FALSE;
  request->route = chosen;
  return TRUE;
}

/* What libsoup takes for a length is not always one, and two programs may read two of them. */
static gboolean
has_odd_length (SoupMessageHeaders *headers)
{
  const char *length = soup_message_headers_get_list (headers, "Content-Length");

  /* Of more digits than a number has libsoup makes no number. */
  return length != NULL && (*length == '\0' || strspn (length, "0123456789") != strlen (length)
                            || strlen (length) > LENGTH_DIGITS);
}

/**
 * wd_server_head_dup_secret:
 * @request: whose head is there
 *
 * Returns: (transfer full) (nullable): the token it shows, whatever that is
 */
char *
wd_server_head_dup_secret (WdServerRequest *request)
{
  const char *header = soup_message_headers_get_one (
    soup_server_message_get_request_headers (request->message), "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, BEARER, strlen (BEARER)) != 0)
    return NULL;
  return g_strstrip (g_strdup (header + strlen (BEARER)));
}

/* Whoever shows a token that was valid a moment ago has an account of his own, whoever else comes
 * from where he does. What is made up is on the account of its address, and the database is not
 * asked about it where that is used up. */
static gboolean
take_account (WdServerRequest *request, guint *seconds)
{
  WdServer *server = request->server;
  g_autofree char *secret = wd_server_head_dup_secret (request);
  WdApiToken *token = secret != NULL ? wd_server_tokens_recall (server->tokens, secret) : NULL;

  if (token != NULL)
    request->account = wd_api_token_ref (token);
  else if (!wd_server_limits_take (server->of_addresses, request->peer, request->began, seconds))
    return FALSE;
  if (secret != NULL)
    wd_server_tokens_refresh (server->tokens, request->account != NULL);
  return request->account == NULL
         || wd_server_limits_take (server->of_tokens, request->account->name, request->began,
                                   seconds);
}

/**
 * wd_server_head_check:
 * @request: whose head is there
 *
 * Returns: whether it may go on; else it is answered, and the rest of it is to be thrown away
 */
gboolean
wd_server_head_check (WdServerRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  GUri *uri = soup_server_message_get_uri (request->message);
  const char *query = g_uri_get_query (uri);
  WdServer *server = request->server;
  guint seconds;

  if (server->stopping)
    {
      wd_server_request_wait (request, 5);
      wd_server_request_refuse (request, 503, "stopping", NULL, "The service is stopping");
    }
  else if (has_odd_length (headers))
    wd_server_break_off (request, 400, "Content-Length is not a length");
  else if (soup_message_headers_get_content_length (headers) > WD_SERVER_DISCARD_MAX)
    wd_server_break_off (request, 413, "The body is too large");
  else if (measure_headers (headers) > HEADERS_MAX)
    refuse_invalid (request, 431, "The headers are too large");
  else if (strlen (g_uri_get_path (uri)) > PATH_MAX_SIZE
           || (query != NULL && strlen (query) > QUERY_MAX))
    refuse_invalid (request, 414, "The address is too long");
  else if (soup_message_headers_get_one (headers, "Transfer-Encoding") != NULL)
    refuse_invalid (request, 411, "A body needs its Content-Length");
  else if (soup_message_headers_get_content_length (headers) > WD_SERVER_BODY_MAX)
    refuse_invalid (request, 413, "The body is too large");
  else if (!take_account (request, &seconds))
    wd_server_request_refuse_rate (request, seconds);
  return !request->answered && find_route (request, uri);
}
