/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One who listens to a remote dashboard, where that tells of changes: over a connection of its own,
 * since what is told has no end. Which of its stores it hears itself, it tells too. */

#include "rest/wd-rest-ear.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "rest/wd-rest-client.h"
#include "rest/wd-sse-parser.h"
#include "wire/wd-wire-event.h"

/* Whoever is told reads several things again, each a request of a token that others share. */
#define JOIN_MS 1000

typedef struct {
  WdProfile *profile;    /* (owned) */
  WdRestServer *server;  /* (owned) */
} Address;

typedef struct {
  WdRestClient *client;  /* (owned) */
  WdSseParser *parser;   /* (owned) */
  WdEar *ear;            /* (unowned): while it listens */
} Post;

static void
address_free (gpointer data)
{
  Address *address = data;

  wd_profile_unref (address->profile);
  wd_rest_server_unref (address->server);
  g_free (address);
}

static void
tell_states (Post *post, const WdLiveState *states)
{
  static const char *const reasons[WD_N_LIVE_SOURCES] = {
    [WD_LIVE_DATABASE] = N_("the remote dashboard has lost its database"),
    [WD_LIVE_QUEUES] = N_("the remote dashboard has lost its queues"),
  };

  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    wd_ear_tell_live (post->ear, i, states[i],
                      states[i] == WD_LIVE_SILENT ? _(reasons[i]) : NULL);
}

static gboolean
event_cb (const char *name, const char *data, gsize length, gpointer user_data, GError **error)
{
  Post *post = user_data;
  WdLiveState states[WD_N_LIVE_SOURCES];
  guint changes = WD_CHANGE_ROWS | WD_CHANGE_QUEUES;

  if (g_str_equal (name, WD_WIRE_EVENT_STATE))
    {
      if (!wd_wire_read_live (data, length, states, error))
        return FALSE;
      tell_states (post, states);
      return TRUE;
    }
  if (g_str_equal (name, WD_WIRE_EVENT_CHANGED))
    {
      if (!wd_wire_read_changes (data, length, &changes, error))
        return FALSE;
    }
  else if (!g_str_equal (name, WD_WIRE_EVENT_RESYNC))
    return TRUE;
  wd_ear_tell_changes (post->ear, changes);
  return TRUE;
}

static gpointer
prepare (gpointer data)
{
  const Address *address = data;
  Post *post = g_new0 (Post, 1);

  post->client = wd_rest_client_new (address->profile, address->server);
  post->parser = wd_sse_parser_new (event_cb, post);
  return post;
}

static void
post_free (gpointer data)
{
  Post *post = data;

  wd_rest_client_free (post->client);
  wd_sse_parser_free (post->parser);
  g_free (post);
}

static gboolean
piece_cb (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  Post *post = data;

  return wd_sse_parser_feed (post->parser, bytes, length, error);
}

/* Whether there is anything to listen to. */
static gboolean
check_server (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  WdRestServer *server = wd_rest_client_get_server (client);

  if (!wd_rest_client_get_acquainted (client, cancellable, error))
    return FALSE;
  if ((wd_rest_server_get_offers (server) & WD_OFFER_EVENTS) != 0)
    return TRUE;
  if (wd_rest_server_is_known (server))
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                         _("a remote dashboard does not tell of changes"));
  else
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                         _("the remote dashboard has not answered well yet"));
  return FALSE;
}

static void
listen_to_server (WdEar *ear, gpointer resource, GCancellable *cancellable, GError **error)
{
  Post *post = resource;
  g_autofree char *last_id = g_strdup (wd_sse_parser_get_last_id (post->parser));

  post->ear = ear;
  wd_sse_parser_begin (post->parser);
  if (check_server (post->client, cancellable, error))
    wd_rest_client_listen (post->client, "/api/events", last_id, piece_cb, post, cancellable,
                           error);
  /* Without the one, nothing is known of the other. */
  wd_ear_tell_live (ear, WD_LIVE_QUEUES, WD_LIVE_OFF, NULL);
}

static void
rest (gpointer resource)
{
  wd_rest_client_disconnect (((Post *) resource)->client);
}

/**
 * wd_rest_ears_new:
 * @profile: with the address of a remote dashboard
 * @server: what all who ask it know
 *
 * Returns: (transfer full): one who listens to it
 */
WdEars *
wd_rest_ears_new (WdProfile *profile, WdRestServer *server)
{
  static const WdEarKind kind = {
    "wd-listen-remote", WD_LIVE_DATABASE, prepare, listen_to_server, rest, post_free, NULL,
  };
  WdEars *ears = wd_ears_new ();
  Address *address = g_new (Address, 1);

  *address = (Address) { wd_profile_ref (profile), wd_rest_server_ref (server) };
  wd_ears_set_data (ears, address, address_free);
  wd_ears_set_pace (ears, JOIN_MS);
  wd_ears_add (ears, &kind);
  return ears;
}
