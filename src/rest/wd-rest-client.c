/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP, one request at a time, in a lane's thread and a main context of its own.
 *
 * libsoup does what is the same for everybody: TLS with verified certificates, the desktop's
 * proxies, compression, HTTP/2. Three things it is not let do. Redirects are followed here, because
 * a token must not go to another server and a write must not turn into a read. Requests are sent
 * again here, because only a read may be. And answers are read by us (wd-rest-exchange.c), up to a
 * size. */

#include "rest/wd-rest-client.h"

#include <glib/gi18n-lib.h>

#include "base/wd-await.h"
#include "base/wd-error.h"
#include "base/wd-tls.h"
#include "base/wd-wait.h"
#include "config.h"
#include "rest/wd-rest-address.h"
#include "rest/wd-rest-exchange.h"

#define READ_MS         30000
#define WRITE_MS        60000
#define STEP_SECONDS    20
#define MAX_REDIRECTS   5
#define MAX_TRIES       3
#define FIRST_PAUSE_MS  250
#define LONGEST_PAUSE_MS 5000

/**
 * wd_rest_client_new:
 * @profile: with the address of a remote dashboard
 * @server: what all who ask it know
 *
 * Returns: (transfer full): a client that connects with its first request
 */
WdRestClient *
wd_rest_client_new (WdProfile *profile, WdRestServer *server)
{
  WdRestClient *self = g_new0 (WdRestClient, 1);

  self->profile = wd_profile_ref (profile);
  self->server = wd_rest_server_ref (server);
  self->context = g_main_context_new ();
  return self;
}

/**
 * wd_rest_client_disconnect:
 * @self: a client that nobody asked for a while
 */
void
wd_rest_client_disconnect (WdRestClient *self)
{
  if (self->session == NULL)
    return;
  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
}

/**
 * wd_rest_client_free:
 * @self: (transfer full): a client
 */
void
wd_rest_client_free (WdRestClient *self)
{
  wd_rest_client_disconnect (self);
  g_clear_pointer (&self->base, g_uri_unref);
  g_main_context_unref (self->context);
  wd_rest_server_unref (self->server);
  wd_profile_unref (self->profile);
  g_free (self);
}

/**
 * wd_rest_client_get_profile:
 * @self: a client
 *
 * Returns: (transfer none): the connection it works for
 */
const WdProfile *
wd_rest_client_get_profile (WdRestClient *self)
{
  return self->profile;
}

/**
 * wd_rest_client_get_server:
 * @self: a client
 *
 * Returns: (transfer none): what is known of whom it asks
 */
WdRestServer *
wd_rest_client_get_server (WdRestClient *self)
{
  return self->server;
}

static gboolean
connect_session (WdRestClient *self, GError **error)
{
  g_autoptr (GTlsDatabase) authorities = NULL;

  if (self->base == NULL)
    self->base = wd_rest_address_parse (self->profile->api_url, error);
  if (self->base == NULL)
    return FALSE;
  if (self->session != NULL)
    return TRUE;
  if (self->profile->ca_file != NULL)
    {
      authorities = wd_tls_load_authorities (self->profile->ca_file, error);
      if (authorities == NULL)
        return FALSE;
    }
  g_main_context_push_thread_default (self->context);
  self->session = soup_session_new_with_options ("timeout", STEP_SECONDS,
                                                 "user-agent", "worker-dashboard/" WD_VERSION,
                                                 NULL);
  if (authorities != NULL)
    soup_session_set_tls_database (self->session, authorities);
  /* It would ask for passwords, and put others' credentials where ours belong. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  g_main_context_pop_thread_default (self->context);
  return TRUE;
}

/* A write is only repeated where the server said so by the status, and is the same server. */
static gboolean
may_follow (const WdRestRequest *request, GUri *next, guint status)
{
  if (request->body == NULL)
    return TRUE;
  return (status == SOUP_STATUS_TEMPORARY_REDIRECT || status == SOUP_STATUS_PERMANENT_REDIRECT)
         && wd_rest_address_is_same (request->uri, next);
}

static gboolean
follow (WdRestRequest *request, const WdRestAnswer *answer, const char *location, GError **error)
{
  g_autoptr (GUri) next = wd_rest_address_follow (request->uri, location, error);
  g_autofree char *host = NULL;

  if (next == NULL)
    {
      wd_rest_answer_prefix (answer, error);
      return FALSE;
    }
  if (may_follow (request, next, answer->status))
    {
      g_uri_unref (request->uri);
      request->uri = g_steal_pointer (&next);
      return TRUE;
    }
  host = wd_rest_address_dup_host (next);
  g_set_error (error, WD_ERROR, WD_ERROR_PROTOCOL,
               _("%s answered %u %s: it redirects to %s, where a write is not sent; nothing was "
                 "written"), answer->host, answer->status, answer->phrase, host);
  return FALSE;
}

/* Sends it, and again to where it is redirected. */
static WdRestAnswer *
exchange_following (WdRestClient *self, WdRestRequest *request, GError **error)
{
  for (guint i = 0; i <= MAX_REDIRECTS; i++)
    {
      g_autofree char *location = NULL;
      g_autoptr (WdRestAnswer) answer = wd_rest_exchange (self, request, &location, error);

      if (answer == NULL)
        return NULL;
      if (!wd_rest_answer_is_redirect (answer))
        {
          if (wd_rest_address_is_same (self->base, request->uri))
            wd_rest_server_learn (self->server, answer);
          return g_steal_pointer (&answer);
        }
      /* It was told where to go instead of being done. */
      request->sent = FALSE;
      if (!follow (request, answer, location, error))
        return NULL;
    }
  g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL, _("The answers redirect in a circle"));
  return NULL;
}

/* Waits before another try. Returns: whether there is one */
static gboolean
pause_before (guint try, const WdRestAnswer *answer, WdRestRequest *request)
{
  int pause = (int) (FIRST_PAUSE_MS << (2 * try)) + g_random_int_range (0, FIRST_PAUSE_MS);

  if (answer != NULL && answer->retry_after_ms > pause)
    pause = answer->retry_after_ms;
  return try + 1 < MAX_TRIES && pause <= LONGEST_PAUSE_MS
         && pause < wd_deadline_left_ms (request->deadline)
         && wd_wait_ms ((guint) pause, request->cancellable, NULL);
}

/* Asks, and again for what may pass. @also is a status that is welcome too with a document of the
 * API, or 0. */
static WdRestAnswer *
get (WdRestClient *self, const char *path, const char *query, guint also,
     GCancellable *cancellable, GError **error)
{
  WdRestRequest request = { .method = "GET", .deadline = wd_deadline_in (READ_MS),
                            .cancellable = cancellable };
  WdRestAnswer *found = NULL;

  for (guint i = 0; found == NULL; i++)
    {
      g_autoptr (WdRestAnswer) answer = NULL;
      g_autoptr (GError) local = NULL;
      gboolean may_pass;

      if (!connect_session (self, error))
        break;
      g_clear_pointer (&request.uri, g_uri_unref);
      request.uri = wd_rest_address_join (self->base, path, query);
      answer = exchange_following (self, &request, &local);
      if (answer != NULL
          && (wd_rest_answer_is_good (answer) || (answer->status == also && *answer->text == '{')))
        {
          found = g_steal_pointer (&answer);
          break;
        }
      may_pass = answer != NULL ? wd_rest_answer_may_pass (answer)
                                : g_error_matches (local, WD_ERROR, WD_ERROR_NO_CONNECTION);
      if (may_pass && pause_before (i, answer, &request))
        continue;
      if (answer != NULL)
        wd_rest_answer_explain (answer, error);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      break;
    }
  g_clear_pointer (&request.uri, g_uri_unref);
  return found;
}

/**
 * wd_rest_client_get:
 * @self: a client
 * @path: of the endpoint
 * @query: (nullable): its parameters
 * @cancellable: (nullable): a cancellable
 * @error: why it did not answer, or the error that it answered with
 *
 * Reads. What may pass is tried again, a few times and not for long.
 *
 * Returns: (transfer full): a good answer
 */
WdRestAnswer *
wd_rest_client_get (WdRestClient *self, const char *path, const char *query,
                    GCancellable *cancellable, GError **error)
{
  return get (self, path, query, 0, cancellable, error);
}

/**
 * wd_rest_client_get_or:
 * @self: a client
 * @path: of the endpoint
 * @status: of HTTP, which comes with something to read as well
 * @cancellable: (nullable): a cancellable
 * @error: why it did not answer, or the error that it answered with
 *
 * As wd_rest_client_get().
 *
 * Returns: (transfer full): an answer that is good or has that status
 */
WdRestAnswer *
wd_rest_client_get_or (WdRestClient *self, const char *path, guint status,
                       GCancellable *cancellable, GError **error)
{
  return get (self, path, NULL, status, cancellable, error);
}

/**
 * wd_rest_client_post:
 * @self: a client
 * @path: of the endpoint
 * @body: a JSON document
 * @key: of this order, the same each time it is sent
 * @sent: (out): where it failed: whether some of it may have arrived
 * @error: why there is no answer
 *
 * Writes, and is sent once. Not cancellable: what was begun is told.
 *
 * Returns: (transfer full): an answer of any status
 */
WdRestAnswer *
wd_rest_client_post (WdRestClient *self, const char *path, const char *body, const char *key,
                     gboolean *sent, GError **error)
{
  WdRestRequest request = { .method = "POST", .body = body, .key = key,
                            .deadline = wd_deadline_in (WRITE_MS) };
  WdRestAnswer *answer;

  *sent = FALSE;
  if (!connect_session (self, error))
    return NULL;
  request.uri = wd_rest_address_join (self->base, path, NULL);
  answer = exchange_following (self, &request, error);
  *sent = request.sent;
  g_uri_unref (request.uri);
  return answer;
}

/**
 * wd_rest_client_get_acquainted:
 * @self: a client
 * @cancellable: (nullable): a cancellable
 * @error: it cannot be reached
 *
 * A server that has not answered yet is asked something: only then is it known what it can do.
 *
 * Returns: whether anybody is there
 */
gboolean
wd_rest_client_get_acquainted (WdRestClient *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRestAnswer) answer = NULL;
  g_autoptr (GError) local = NULL;

  if (wd_rest_server_is_known (self->server))
    return TRUE;
  answer = wd_rest_client_get (self, "/api/jobs/list", "limit=1&offset=0", cancellable, &local);
  if (answer != NULL || (!g_error_matches (local, WD_ERROR, WD_ERROR_NO_CONNECTION)
                         && !wd_error_is_cancelled (local)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wd_rest_client_listen:
 * @self: a client that does nothing else
 * @path: of the endpoint
 * @last_id: (nullable): of the last event that was told
 * @func: takes what comes
 * @data: for @func
 * @cancellable: ends it
 * @error: why it ended
 *
 * Reads a stream of events until it ends.
 */
void
wd_rest_client_listen (WdRestClient *self, const char *path, const char *last_id,
                       WdRestPieceFunc func, gpointer data, GCancellable *cancellable,
                       GError **error)
{
  WdRestRequest request = { .method = "GET", .deadline = wd_deadline_in (READ_MS),
                            .cancellable = cancellable, .last_id = last_id, .piece = func,
                            .piece_data = data };
  g_autoptr (WdRestAnswer) answer = NULL;

  if (!connect_session (self, error))
    return;
  request.uri = wd_rest_address_join (self->base, path, NULL);
  answer = exchange_following (self, &request, error);
  g_uri_unref (request.uri);
  if (answer == NULL)
    return;
  if (!wd_rest_answer_is_good (answer))
    wd_rest_answer_explain (answer, error);
  else
    g_set_error (error, WD_ERROR, WD_ERROR_PROTOCOL,
                 _("%s answered %u %s, and not with a stream of events"), answer->host,
                 answer->status, answer->phrase);
}
