/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a window shows of one connection: its lists, its statistics, and what is wrong with it.
 *
 * While somebody looks it asks whoever is on screen to read again ("refresh") when something has
 * changed, and every few seconds where changes do not tell of themselves. Statistics it reads
 * itself. Each feed keeps what it read last. wd-workspace-live.c says when. */

#include "session/wd-workspace-private.h"

#include "base/wd-error.h"
#include "session/wd-profile-backend.h"

#define INTERVAL_DEFAULT 5

enum {
  SIGNAL_TICK,
  SIGNAL_REFRESH,
  SIGNAL_STATS_CHANGED,
  SIGNAL_TROUBLE_CHANGED,
  SIGNAL_LIVE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdWorkspace, wd_workspace, G_TYPE_OBJECT)

/* A connection without queues misses none. */
static void
report_queues (WdWorkspace *self)
{
  g_autoptr (GError) error = NULL;

  if (self->stats->queue_error != NULL && wd_workspace_has_queues (self))
    error = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION, self->stats->queue_error);
  wd_workspace_report (self, WD_FEED_QUEUES, error);
}

static void
stats_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWorkspace) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdStats) stats = wd_backend_load_stats_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->stats_request);
  wd_workspace_report (self, WD_FEED_STATS, error);
  if (self->stats_again)
    wd_workspace_load_stats (self);
  if (stats == NULL)
    return;
  g_clear_pointer (&self->stats, wd_stats_unref);
  self->stats = g_steal_pointer (&stats);
  report_queues (self);
  wd_courier_look (self->courier, self->stats->undelivered_jobs);
  wd_bulk_runs_look (self->bulk);
  wd_watch_take_stats (self->watch, self->stats);
  g_signal_emit (self, signals[SIGNAL_STATS_CHANGED], 0);
}

void
wd_workspace_load_stats (WdWorkspace *self)
{
  self->stats_again = self->stats_request != NULL;
  if (self->stats_request != NULL)
    return;
  self->stats_request = g_cancellable_new ();
  wd_backend_load_stats_async (self->backend, self->zone, self->stats_request, stats_cb,
                               g_object_ref (self));
}

void
wd_workspace_tick (WdWorkspace *self)
{
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
}

void
wd_workspace_live_changed (WdWorkspace *self)
{
  g_signal_emit (self, signals[SIGNAL_LIVE_CHANGED], 0);
}

static void
jobs_changed_cb (WdWorkspace *self)
{
  wd_workspace_report (self, WD_FEED_JOBS, wd_paged_list_get_error (self->jobs));
}

static void
wallets_changed_cb (WdWorkspace *self)
{
  wd_workspace_report (self, WD_FEED_WALLETS, wd_paged_list_get_error (self->wallets));
}

/* Without the trail, or the right to read it, the rest of the window is as good as ever: its page
 * says so. */
static void
audit_changed_cb (WdWorkspace *self)
{
  const GError *error = wd_paged_list_get_error (self->audit);

  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED)
      || g_error_matches (error, WD_ERROR, WD_ERROR_PERMISSION))
    error = NULL;
  wd_workspace_report (self, WD_FEED_AUDIT, error);
}

/* Whoever watches need not ask again. */
static void
health_changed_cb (WdWorkspace *self)
{
  WdHealth *health = wd_health_watch_get_health (self->health);

  if (health != NULL && wd_health_watch_get_error (self->health) == NULL)
    wd_watch_take_health (self->watch, health);
}

static void
wd_workspace_dispose (GObject *object)
{
  WdWorkspace *self = WD_WORKSPACE (object);

  wd_workspace_stop_beat (self);
  if (self->stats_request != NULL)
    g_cancellable_cancel (self->stats_request);
  g_clear_object (&self->stats_request);
  g_clear_object (&self->jobs);
  g_clear_object (&self->wallets);
  g_clear_object (&self->audit);
  if (self->courier != NULL)
    g_object_run_dispose (G_OBJECT (self->courier));
  g_clear_object (&self->courier);
  if (self->bulk != NULL)
    g_object_run_dispose (G_OBJECT (self->bulk));
  g_clear_object (&self->bulk);
  if (self->health != NULL)
    g_object_run_dispose (G_OBJECT (self->health));
  if (self->watch != NULL)
    g_object_run_dispose (G_OBJECT (self->watch));
  g_clear_object (&self->watch);
  G_OBJECT_CLASS (wd_workspace_parent_class)->dispose (object);
}

static void
wd_workspace_finalize (GObject *object)
{
  WdWorkspace *self = WD_WORKSPACE (object);

  g_clear_object (&self->health);
  wd_troubles_free (self->troubles);
  g_time_zone_unref (self->zone);
  g_clear_pointer (&self->stats, wd_stats_unref);
  g_clear_pointer (&self->profile, wd_profile_unref);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (wd_workspace_parent_class)->finalize (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, WD_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
wd_workspace_class_init (WdWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_workspace_dispose;
  object_class->finalize = wd_workspace_finalize;

  signals[SIGNAL_TICK] = add_signal ("tick");
  signals[SIGNAL_REFRESH] = add_signal ("refresh");
  signals[SIGNAL_STATS_CHANGED] = add_signal ("stats-changed");
  signals[SIGNAL_TROUBLE_CHANGED] = add_signal ("trouble-changed");
  signals[SIGNAL_LIVE_CHANGED] = add_signal ("live-changed");
}

static void
wd_workspace_init (WdWorkspace *self)
{
  self->interval = INTERVAL_DEFAULT;
  self->troubles = wd_troubles_new ();
  self->zone = g_time_zone_new_local ();
}

/**
 * wd_workspace_new:
 * @profile: the connection
 * @backend: whom to ask
 *
 * Returns: (transfer full): a workspace at rest; its lists have no query yet
 */
WdWorkspace *
wd_workspace_new (WdProfile *profile, WdBackend *backend)
{
  WdWorkspace *self;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (WD_IS_BACKEND (backend), NULL);

  self = g_object_new (WD_TYPE_WORKSPACE, NULL);
  self->profile = wd_profile_ref (profile);
  self->backend = g_object_ref (backend);
  self->jobs = wd_paged_list_new (wd_list_kind_jobs (), backend);
  self->wallets = wd_paged_list_new (wd_list_kind_wallets (), backend);
  self->audit = wd_paged_list_new (wd_list_kind_audit (), backend);
  self->courier = wd_courier_new (profile, backend);
  self->bulk = wd_bulk_runs_new (backend);
  self->health = wd_health_watch_new (backend);
  self->watch = wd_watch_new (profile, backend);
  wd_workspace_listen (self);
  g_signal_connect_object (self->health, "changed", G_CALLBACK (health_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jobs, "state-changed", G_CALLBACK (jobs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wallets, "state-changed", G_CALLBACK (wallets_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audit, "state-changed", G_CALLBACK (audit_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_workspace_get_profile:
 * @self: a workspace
 *
 * Returns: (transfer none): the connection it works on
 */
WdProfile *
wd_workspace_get_profile (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->profile;
}

/**
 * wd_workspace_get_backend:
 * @self: a workspace
 *
 * Returns: (transfer none): what asks that connection's servers
 */
WdBackend *
wd_workspace_get_backend (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->backend;
}

/**
 * wd_workspace_has_queues:
 * @self: a workspace
 *
 * Returns: whether its connection sees queues, when nothing is in the way
 */
gboolean
wd_workspace_has_queues (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), FALSE);

  return wd_profile_sees_queues (self->profile, self->backend);
}

/**
 * wd_workspace_get_jobs:
 * @self: a workspace
 *
 * Returns: (transfer none): the list of jobs, kept up to date while the workspace runs
 */
WdPagedList *
wd_workspace_get_jobs (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->jobs;
}

/**
 * wd_workspace_get_wallets:
 * @self: a workspace
 *
 * Returns: (transfer none): the list of wallets, kept up to date while the workspace runs
 */
WdPagedList *
wd_workspace_get_wallets (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->wallets;
}

/**
 * wd_workspace_get_audit:
 * @self: a workspace
 *
 * Returns: (transfer none): the list of who did what, kept up to date while the workspace runs
 */
WdPagedList *
wd_workspace_get_audit (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->audit;
}

/**
 * wd_workspace_get_bulk:
 * @self: a workspace
 *
 * Returns: (transfer none): its bulk runs, which go on whether it runs or not
 */
WdBulkRuns *
wd_workspace_get_bulk (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->bulk;
}

/**
 * wd_workspace_get_health:
 * @self: a workspace
 *
 * Returns: (transfer none): what looks for what is wrong, while the workspace runs
 */
WdHealthWatch *
wd_workspace_get_health (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->health;
}

/**
 * wd_workspace_get_watch:
 * @self: a workspace
 *
 * Returns: (transfer none): what tells of alerts while it runs, or keeps watching
 */
WdWatch *
wd_workspace_get_watch (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->watch;
}

/**
 * wd_workspace_get_stats:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the statistics last read, however long ago
 */
WdStats *
wd_workspace_get_stats (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return self->stats;
}

/**
 * wd_workspace_set_interval:
 * @self: a workspace
 * @seconds: between two refreshes
 */
void
wd_workspace_set_interval (WdWorkspace *self, guint seconds)
{
  g_return_if_fail (WD_IS_WORKSPACE (self));
  g_return_if_fail (seconds > 0);

  if (self->interval == seconds)
    return;
  self->interval = seconds;
  wd_workspace_live_changed (self);
}

/**
 * wd_workspace_set_zone:
 * @self: a workspace
 * @zone: in which “today” begins; holds from the next refresh
 */
void
wd_workspace_set_zone (WdWorkspace *self, GTimeZone *zone)
{
  g_return_if_fail (WD_IS_WORKSPACE (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  wd_watch_set_zone (self->watch, zone);
}

/**
 * wd_workspace_refresh:
 * @self: a workspace
 *
 * Reads again what is on screen, as it is on the servers. What is being read already is not asked
 * for twice.
 */
void
wd_workspace_refresh (WdWorkspace *self)
{
  g_return_if_fail (WD_IS_WORKSPACE (self));

  self->refreshed = g_get_monotonic_time ();
  wd_backend_look_anew (self->backend);
  g_signal_emit (self, signals[SIGNAL_REFRESH], 0);
  /* A list that failed is tried again even where nobody looks, or its trouble would never end. */
  if (wd_troubles_has (self->troubles, WD_FEED_JOBS))
    wd_paged_list_refresh (self->jobs);
  if (wd_troubles_has (self->troubles, WD_FEED_WALLETS))
    wd_paged_list_refresh (self->wallets);
  if (wd_troubles_has (self->troubles, WD_FEED_AUDIT))
    wd_paged_list_refresh (self->audit);
  wd_workspace_load_stats (self);
  wd_health_watch_changed (self->health);
}

/**
 * wd_workspace_report:
 * @self: a workspace
 * @feed: who reports
 * @error: (nullable): what its last request brought instead of an answer; %NULL when it answered
 */
void
wd_workspace_report (WdWorkspace *self, WdFeed feed, const GError *error)
{
  g_return_if_fail (WD_IS_WORKSPACE (self));
  g_return_if_fail (feed < WD_N_FEEDS);

  if (wd_troubles_report (self->troubles, feed, error))
    g_signal_emit (self, signals[SIGNAL_TROUBLE_CHANGED], 0);
}

/**
 * wd_workspace_get_trouble:
 * @self: a workspace
 * @feed: (out): where
 * @since: (out): since when
 *
 * Returns: (transfer none) (nullable): the worst that is wrong now
 */
const GError *
wd_workspace_get_trouble (WdWorkspace *self, WdFeed *feed, WdTime *since)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), NULL);

  return wd_troubles_get_worst (self->troubles, feed, since);
}
