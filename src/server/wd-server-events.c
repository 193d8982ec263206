/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What tells all who asked that something has changed. One watch over both stores hears for
 * everybody; it begins with the first client and ends a while after the last, so that one who comes
 * again soon has missed nothing.
 *
 * Each change has a number, and the watch, from its start to its end, an id of its own. Whoever
 * comes again with both is told what it missed; whoever comes with neither, or with those of
 * another watch, is told to read everything anew. */

#include "server/wd-server-events.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "direct/wd-direct-ears.h"
#include "server/wd-server-feed.h"

#define TOKEN_MAX      16
#define LINGER_SECONDS 60
/* Whether tokens are still valid is asked that often, whether clients are still there half so. */
#define CHECK_MS       5000
#define CHECKS_A_BEAT  2

#define N_CHANGES 2

struct _WdServerEvents {
  GObject parent_instance;

  WdServerTokens *tokens;    /* (owned) */
  WdQueueNews *news;         /* (owned) */
  WdEars *watch;             /* (owned) */
  GPtrArray *feeds;          /* (owned) (element-type WdServerFeed) */
  guint max_feeds;
  guint timer;               /* while there are feeds */
  guint n_checks;
  guint linger;              /* while the watch goes on without any */
  gboolean listening;
  gboolean stopping;
  char watch_id[17];
  guint64 serial;            /* of the last change */
  guint64 serials[N_CHANGES];  /* of the last one of each kind */
};

G_DEFINE_FINAL_TYPE (WdServerEvents, wd_server_events, G_TYPE_OBJECT)

static void
wd_server_events_dispose (GObject *object)
{
  WdServerEvents *self = WD_SERVER_EVENTS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->linger, g_source_remove);
  if (self->watch != NULL)
    wd_ears_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->tokens);
  g_clear_pointer (&self->news, wd_queue_news_unref);
  g_clear_pointer (&self->feeds, g_ptr_array_unref);

  G_OBJECT_CLASS (wd_server_events_parent_class)->dispose (object);
}

static void
wd_server_events_class_init (WdServerEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_server_events_dispose;
}

static void
wd_server_events_init (WdServerEvents *self)
{
  self->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_server_feed_free);
  self->news = wd_queue_news_new ();
}

static char *
make_id (WdServerEvents *self)
{
  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT, self->watch_id, self->serial);
}

static void
changed_cb (WdServerEvents *self, guint changes)
{
  g_autofree char *id = NULL;

  self->serial++;
  for (guint i = 0; i < N_CHANGES; i++)
    if ((changes & (1u << i)) != 0)
      self->serials[i] = self->serial;
  id = make_id (self);
  for (guint i = 0; i < self->feeds->len; i++)
    wd_server_feed_tell_changes (self->feeds->pdata[i], changes, id);
}

static void
live_changed_cb (WdServerEvents *self)
{
  for (guint i = 0; i < self->feeds->len; i++)
    wd_server_feed_tell_live (self->feeds->pdata[i], wd_ears_get_live (self->watch));
}

static gboolean
linger_cb (gpointer data)
{
  WdServerEvents *self = data;

  self->linger = 0;
  self->listening = FALSE;
  wd_ears_stop (self->watch);
  return G_SOURCE_REMOVE;
}

static void
ended_cb (WdServerFeed *feed, gpointer data)
{
  WdServerEvents *self = data;

  g_ptr_array_remove (self->feeds, feed);
  if (self->feeds->len > 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->stopping && self->linger == 0)
    self->linger = g_timeout_add_seconds (LINGER_SECONDS, linger_cb, self);
}

/* Whose token is not valid any more hears no more. While nobody can tell, they stay. */
static void
checked_cb (WdApiToken *token, const GError *error, gpointer data)
{
  g_autoptr (WdServerEvents) self = data;

  if (error != NULL)
    return;
  for (guint i = 0; i < self->feeds->len; i++)
    if (!wd_server_tokens_has (self->tokens, wd_server_feed_get_token (self->feeds->pdata[i])))
      wd_server_feed_end (self->feeds->pdata[i]);
}

static gboolean
check_cb (gpointer data)
{
  WdServerEvents *self = data;

  wd_server_tokens_look (self->tokens, checked_cb, g_object_ref (self));
  self->n_checks++;
  for (guint i = 0; self->n_checks % CHECKS_A_BEAT == 0 && i < self->feeds->len; i++)
    wd_server_feed_beat (self->feeds->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static void
start (WdServerEvents *self)
{
  g_clear_handle_id (&self->linger, g_source_remove);
  if (self->timer == 0)
    self->timer = g_timeout_add ((guint) (wd_fault_span ("events:check", CHECK_MS * 1000) / 1000),
                                 check_cb, self);
  if (self->listening)
    return;
  self->listening = TRUE;
  g_snprintf (self->watch_id, sizeof self->watch_id, "%08x%08x", g_random_int (),
              g_random_int ());
  self->serial = 0;
  memset (self->serials, 0, sizeof self->serials);
  wd_ears_start (self->watch);
}

/* What somebody who was here before has missed. Returns: whether that is known */
static gboolean
find_missed (WdServerEvents *self, const char *last_id, guint *changes)
{
  gsize length = strlen (self->watch_id);
  guint64 serial;

  *changes = 0;
  if (last_id == NULL || strncmp (last_id, self->watch_id, length) != 0 || last_id[length] != '-'
      || !g_ascii_string_to_unsigned (last_id + length + 1, 10, 0, self->serial, &serial, NULL))
    return FALSE;
  for (guint i = 0; i < N_CHANGES; i++)
    if (self->serials[i] > serial)
      *changes |= 1u << i;
  return TRUE;
}

/* Returns: whether there is no room for one more; then it is told so */
static gboolean
refuse_many (WdServerEvents *self, WdServerRequest *request)
{
  guint n = 0, n_token = 0;

  for (guint i = 0; i < self->feeds->len; i++)
    {
      WdServerFeed *feed = self->feeds->pdata[i];

      if (wd_server_feed_is_gone (feed))
        continue;
      n++;
      n_token += g_str_equal (wd_server_feed_get_token (feed)->id, request->token->id);
    }
  if (n < self->max_feeds && n_token < TOKEN_MAX)
    return FALSE;
  wd_server_request_wait (request, LINGER_SECONDS);
  if (n_token >= TOKEN_MAX)
    wd_server_request_refuse (request, 429, "too-many-requests", NULL,
                              "This token is told of changes in too many places already");
  else
    wd_server_request_refuse (request, 503, wd_error_code_name (WD_ERROR_BUSY), NULL,
                              "Too many are told of changes already");
  return TRUE;
}

/**
 * wd_server_events_new:
 * @profile: where the stores are
 * @tokens: whose tokens are still valid
 * @max_feeds: how many are told at a time
 *
 * Returns: (transfer full): one that listens to nothing yet
 */
WdServerEvents *
wd_server_events_new (WdProfile *profile, WdServerTokens *tokens, guint max_feeds)
{
  WdServerEvents *self = g_object_new (WD_TYPE_SERVER_EVENTS, NULL);

  self->tokens = g_object_ref (tokens);
  self->max_feeds = max_feeds;
  self->watch = wd_direct_ears_new (profile, self->news);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "live-changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_server_events_add:
 * @self: the events
 * @request: a request with a token, to be answered
 * @last_id: (nullable): of the last event that its client was told
 */
void
wd_server_events_add (WdServerEvents *self, WdServerRequest *request, const char *last_id)
{
  g_autofree char *id = NULL;
  WdServerFeed *feed;
  guint changes;

  if (refuse_many (self, request))
    return;
  start (self);
  feed = wd_server_feed_new (request, ended_cb, self);
  g_ptr_array_add (self->feeds, feed);
  id = make_id (self);
  if (!find_missed (self, last_id, &changes))
    wd_server_feed_tell_resync (feed, id);
  else if (changes != 0)
    wd_server_feed_tell_changes (feed, changes, id);
  wd_server_feed_tell_live (feed, wd_ears_get_live (self->watch));
}

/**
 * wd_server_events_stop:
 * @self: the events
 *
 * Everybody is told the end.
 */
void
wd_server_events_stop (WdServerEvents *self)
{
  self->stopping = TRUE;
  g_clear_handle_id (&self->linger, g_source_remove);
  for (guint i = 0; i < self->feeds->len; i++)
    wd_server_feed_end (self->feeds->pdata[i]);
  wd_ears_stop (self->watch);
}

/**
 * wd_server_events_close:
 * @self: events that were stopped
 * @milliseconds: to wait at most for each connection
 *
 * For a program about to exit. Blocks.
 */
void
wd_server_events_close (WdServerEvents *self, guint milliseconds)
{
  wd_ears_stop (self->watch);
  wd_ears_wait (self->watch, milliseconds);
}
