/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two who listen, one to each store. */

#include "direct/wd-direct-ears.h"

#include "direct/wd-listener.h"

/* For both. */
typedef struct {
  WdProfile *profile;  /* (owned) */
  WdQueueNews *news;   /* (owned) */
} Stores;

/* What one of them works with. */
typedef struct {
  WdLane *lane;        /* (owned) */
  WdQueueEar *queues;  /* (owned) (nullable) */
  WdQueueNews *news;   /* (owned) */
  WdEar *ear;          /* (unowned): while it listens */
} Post;

static void
stores_free (gpointer data)
{
  Stores *stores = data;

  wd_profile_unref (stores->profile);
  wd_queue_news_unref (stores->news);
  g_free (stores);
}

static gpointer
prepare_rows (gpointer data)
{
  const Stores *stores = data;
  Post *post = g_new0 (Post, 1);

  post->lane = wd_lane_new (stores->profile);
  post->news = wd_queue_news_ref (stores->news);
  return post;
}

static gpointer
prepare_queues (gpointer data)
{
  const Stores *stores = data;
  Post *post = prepare_rows (data);

  post->queues = wd_queue_ear_new (stores->profile);
  return post;
}

static void
post_free (gpointer data)
{
  Post *post = data;

  wd_lane_free (post->lane);
  g_clear_pointer (&post->queues, wd_queue_ear_free);
  wd_queue_news_unref (post->news);
  g_free (post);
}

static void
live_cb (gpointer data)
{
  Post *post = data;

  if (post->queues != NULL)
    wd_queue_news_set_live (post->news, TRUE);
  wd_ear_tell_live (post->ear, post->queues != NULL ? WD_LIVE_QUEUES : WD_LIVE_DATABASE,
                    WD_LIVE_ON, NULL);
}

static void
changed_cb (WdChange changes, gpointer data)
{
  Post *post = data;

  if ((changes & WD_CHANGE_QUEUES) != 0)
    wd_queue_news_add (post->news);
  wd_ear_tell_changes (post->ear, changes);
}

static void
listen_to_store (WdEar *ear, gpointer resource, GCancellable *cancellable, GError **error)
{
  Post *post = resource;
  const WdListener listener = { live_cb, changed_cb, post };

  post->ear = ear;
  if (post->queues != NULL)
    wd_queue_ear_listen (post->queues, post->lane, &listener, cancellable, error);
  else
    wd_listen_to_rows (post->lane, &listener, cancellable, error);
}

static void
rest (gpointer resource)
{
  Post *post = resource;

  if (post->queues != NULL)
    wd_queue_news_set_live (post->news, FALSE);
  wd_lane_disconnect (post->lane);
}

static int
count_reached (gpointer resource)
{
  Post *post = resource;

  return wd_queue_news_get_reached (post->news);
}

/**
 * wd_direct_ears_new:
 * @profile: what to listen to
 * @news: told of what happens in the queues, before anybody else
 *
 * Returns: (transfer full): those who listen to each store that the profile names
 */
WdEars *
wd_direct_ears_new (WdProfile *profile, WdQueueNews *news)
{
  static const WdEarKind rows = {
    "wd-listen-rows", WD_LIVE_DATABASE, prepare_rows, listen_to_store, rest, post_free, NULL,
  };
  static const WdEarKind queues = {
    "wd-listen-queues", WD_LIVE_QUEUES, prepare_queues, listen_to_store, rest, post_free,
    count_reached,
  };
  WdEars *ears = wd_ears_new ();
  Stores *stores = g_new (Stores, 1);

  *stores = (Stores) { wd_profile_ref (profile), wd_queue_news_ref (news) };
  wd_ears_set_data (ears, stores, stores_free);
  if (profile->database_url != NULL)
    wd_ears_add (ears, &rows);
  if (profile->redis_url != NULL)
    wd_ears_add (ears, &queues);
  return ears;
}
