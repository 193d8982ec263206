/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-lane.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-counts.h"
#include "postgres/wd-pg-migrator.h"

/* Unfolded deltas are read along by everybody, so whoever watches folds some now and then. */
#define FOLD_MOST     5000
#define FOLD_PAUSE_US (60 * G_USEC_PER_SEC)
/* However quiet it is: not all that an admin may do to a queue by hand is told of. */
#define COUNTS_US     (15 * 60 * G_USEC_PER_SEC)

struct _WdLane {
  WdProfile *profile;        /* (owned) */
  WdPgConnection *postgres;  /* (owned) (nullable) made on first use */
  WdRedisConnection *redis;  /* (owned) (nullable) likewise */
  GHashTable *bulk_owners;   /* (owned) (element-type utf8 GPtrArray): by run */
  gint64 next_fold;          /* monotonic */
  WdQueueNews *news;         /* (owned) (nullable): of whoever listens */
  GPtrArray *queue_counts;   /* (owned) (nullable): as last read, for queues of which none works */
  int counts_serial;         /* of the news, before they were read */
  gint64 counts_until;       /* monotonic */
  WdHealthFacts health_facts;
  WdActor actor;             /* whose strings are the caller's */
  gboolean has_actor;
};

/**
 * wd_lane_new:
 * @profile: (transfer none): where to connect
 *
 * Returns: (transfer full): a lane that is not connected yet; the resource of a worker thread
 */
WdLane *
wd_lane_new (WdProfile *profile)
{
  WdLane *self = g_new0 (WdLane, 1);

  self->profile = wd_profile_ref (profile);
  self->bulk_owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * wd_lane_disconnect:
 * @self: a lane nobody has used for a while
 *
 * Gives both connections back; the next use makes them anew.
 */
void
wd_lane_disconnect (WdLane *self)
{
  g_clear_pointer (&self->postgres, wd_pg_connection_free);
  g_clear_pointer (&self->redis, wd_redis_connection_free);
}

/**
 * wd_lane_free:
 * @self: (transfer full): a lane; its connections are closed without waiting. Worker, or before its
 *   worker ever ran.
 */
void
wd_lane_free (WdLane *self)
{
  wd_lane_disconnect (self);
  g_hash_table_unref (self->bulk_owners);
  g_clear_pointer (&self->queue_counts, g_ptr_array_unref);
  wd_health_facts_clear (&self->health_facts);
  g_clear_pointer (&self->news, wd_queue_news_unref);
  wd_profile_unref (self->profile);
  g_free (self);
}

/**
 * wd_lane_get_bulk_owners:
 * @self: a lane
 * @run_id: UUID of a bulk run
 *
 * A connection that breaks leaves the run to an owner that is no more. Whoever that was may go on
 * at once, if it knows so. Worker.
 *
 * Returns: (transfer none) (element-type utf8): UUIDs under which this lane ran it and has not left
 *   it; to be changed by the caller
 */
GPtrArray *
wd_lane_get_bulk_owners (WdLane *self, const char *run_id)
{
  GPtrArray *owners = g_hash_table_lookup (self->bulk_owners, run_id);

  if (owners == NULL)
    {
      owners = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->bulk_owners, g_strdup (run_id), owners);
    }
  return owners;
}

/**
 * wd_lane_get_profile:
 * @self: a lane
 *
 * Returns: (transfer none): where it connects; never changes
 */
const WdProfile *
wd_lane_get_profile (WdLane *self)
{
  return self->profile;
}

/**
 * wd_lane_get_postgres:
 * @self: a lane
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NO_CONNECTION and the like
 *
 * Returns: (transfer none): the connection, connected. Worker.
 */
WdPgConnection *
wd_lane_get_postgres (WdLane *self, GCancellable *cancellable, GError **error)
{
  if (self->profile->database_url == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                           _("No database is configured: set DATABASE_URL or choose a profile"));
      return NULL;
    }
  if (self->postgres == NULL)
    self->postgres = wd_pg_connection_new (self->profile->database_url,
                                           self->profile->database_password,
                                           self->profile->ca_file);
  wd_pg_connection_set_actor (self->postgres, self->has_actor ? &self->actor : NULL);
  if (!wd_pg_connection_ensure (self->postgres, wd_deadline_in (WD_CONNECT_MS), cancellable, error))
    return NULL;
  return self->postgres;
}

/**
 * wd_lane_act_for:
 * @self: a lane
 * @origin: (nullable): on whose behalf it works from now on; %NULL for whoever runs the program.
 *   Outlives that
 *
 * The audit trail says so. Worker.
 */
void
wd_lane_act_for (WdLane *self, const WdOrigin *origin)
{
  self->has_actor = origin != NULL;
  if (origin != NULL)
    self->actor = wd_origin_get_actor (origin);
}

/**
 * wd_lane_acts_for_another:
 * @self: a lane
 *
 * Returns: whether it works for somebody else than whoever runs the program. Worker.
 */
gboolean
wd_lane_acts_for_another (WdLane *self)
{
  return self->has_actor;
}

/**
 * wd_lane_act_as:
 * @self: a lane
 * @other: one on whose behalf it works from now on as well
 *
 * For a lane that does a part of what @other does, and no longer than that.
 */
void
wd_lane_act_as (WdLane *self, const WdLane *other)
{
  self->has_actor = other->has_actor;
  self->actor = other->actor;
}

/**
 * wd_lane_has_redis:
 * @self: a lane
 *
 * Returns: whether its profile names a Redis, reachable or not
 */
gboolean
wd_lane_has_redis (WdLane *self)
{
  return self->profile->redis_url != NULL;
}

/**
 * wd_lane_get_redis:
 * @self: a lane
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NO_CONNECTION and the like
 *
 * Returns: (transfer none): the connection, connected. Worker.
 */
WdRedisConnection *
wd_lane_get_redis (WdLane *self, GCancellable *cancellable, GError **error)
{
  guint64 before;

  if (self->profile->redis_url == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                           _("No Redis is configured: set REDIS_URL or choose a profile "
                             "that has one"));
      return NULL;
    }
  if (self->redis == NULL)
    {
      WdRedisAddress *address = wd_redis_address_parse (self->profile->redis_url, error);

      if (address == NULL)
        return NULL;
      self->redis = wd_redis_connection_new (address, self->profile->redis_password,
                                             self->profile->ca_file, "worker-dashboard");
    }
  before = wd_redis_connection_get_serial (self->redis);
  if (!wd_redis_connection_ensure (self->redis, wd_deadline_in (WD_QUEUE_MS), cancellable, error))
    return NULL;
  if (self->news != NULL && wd_redis_connection_get_serial (self->redis) != before)
    wd_queue_news_reach (self->news);
  return self->redis;
}

/**
 * wd_lane_read_site:
 * @self: a lane
 * @create: give a Redis without our mark one
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full): which Redis this lane's connection reached. Worker.
 */
WdBullmqSite *
wd_lane_read_site (WdLane *self, gboolean create, GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self, cancellable, error);

  if (redis == NULL)
    return NULL;
  return wd_bullmq_site_read (redis, self->profile->prefix, create, wd_deadline_in (WD_QUEUE_MS),
                              cancellable, error);
}

/**
 * wd_lane_check_writable:
 * @self: a lane
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_READ_ONLY, %WD_ERROR_NOT_MIGRATED, %WD_ERROR_PERMISSION or why the database
 *   cannot be asked
 *
 * Returns: whether this profile and this database take writes of ours, audited as they must be.
 *   Worker.
 */
gboolean
wd_lane_check_writable (WdLane *self, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres;

  if (!wd_profile_check_writable (self->profile, error))
    return FALSE;
  postgres = wd_lane_get_postgres (self, cancellable, error);
  return postgres != NULL
         && wd_pg_schema_is_current (postgres, wd_deadline_in (WD_READ_MS), cancellable, error)
         && wd_pg_audit_may_write (postgres, wd_deadline_in (WD_READ_MS), cancellable, error);
}

/**
 * wd_lane_fold_counts:
 * @self: a lane that has just answered
 *
 * Folds deltas of the counts, once a minute, for whoever reads them next. It may fail (a role that
 * only reads): then others do it. Worker.
 */
void
wd_lane_fold_counts (WdLane *self)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  guint n_folded = 0;

  if (self->profile->read_only || self->postgres == NULL || now < self->next_fold)
    return;
  self->next_fold = now + FOLD_PAUSE_US;
  if (!wd_pg_counts_fold (self->postgres, FOLD_MOST, &n_folded, wd_deadline_in (WD_READ_MS), NULL,
                          &error))
    g_debug ("Counts are folded by somebody else: %s", error->message);
  else if (n_folded == FOLD_MOST)
    self->next_fold = 0;
}

/**
 * wd_lane_set_queue_news:
 * @self: a lane whose worker has not run yet
 * @news: of whoever listens to the queues
 */
void
wd_lane_set_queue_news (WdLane *self, WdQueueNews *news)
{
  self->news = wd_queue_news_ref (news);
}

/**
 * wd_lane_begin_queue_counts:
 * @self: a lane
 *
 * Returns: for wd_lane_keep_queue_counts(); to be taken before the queues are counted. Worker.
 */
int
wd_lane_begin_queue_counts (WdLane *self)
{
  return self->news != NULL ? wd_queue_news_get_serial (self->news) : 0;
}

/**
 * wd_lane_keep_queue_counts:
 * @self: a lane
 * @counts: (element-type WdQueueCounts): what the queues held
 * @serial: of wd_lane_begin_queue_counts()
 *
 * Those that may become other without a word are not kept. Worker.
 */
void
wd_lane_keep_queue_counts (WdLane *self, GPtrArray *counts, int serial)
{
  g_clear_pointer (&self->queue_counts, g_ptr_array_unref);
  for (guint i = 0; i < counts->len; i++)
    if (wd_queue_counts_may_change (counts->pdata[i]))
      return;
  self->queue_counts = g_ptr_array_ref (counts);
  self->counts_serial = serial;
  self->counts_until = g_get_monotonic_time () + COUNTS_US;
}

/**
 * wd_lane_recall_queue_counts:
 * @self: a lane
 *
 * Returns: (transfer full) (nullable) (element-type WdQueueCounts): what was kept, where nothing
 *   has happened since. Worker.
 */
GPtrArray *
wd_lane_recall_queue_counts (WdLane *self)
{
  if (self->queue_counts == NULL || self->news == NULL
      || g_get_monotonic_time () > self->counts_until
      || !wd_queue_news_is_current (self->news, self->counts_serial))
    return NULL;
  return g_ptr_array_ref (self->queue_counts);
}

/**
 * wd_lane_get_health_facts:
 * @self: a lane
 * @news: (out) (transfer none) (nullable): of whoever listens to the queues
 *
 * Returns: (transfer none): what its thread knows of the queues, to be kept by the caller. Worker.
 */
WdHealthFacts *
wd_lane_get_health_facts (WdLane *self, WdQueueNews **news)
{
  *news = self->news;
  return &self->health_facts;
}
