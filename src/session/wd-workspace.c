/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a window shows of one connection: its lists, its statistics, and what is wrong with it.
 * wd-workspace-feeds.c says how they are read, wd-workspace-live.c when. */

#include "session/wd-workspace-private.h"

#include "session/wd-profile-backend.h"

#define INTERVAL_DEFAULT 5

static guint signals[WD_WORKSPACE_N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdWorkspace, wd_workspace, G_TYPE_OBJECT)

void
wd_workspace_emit (WdWorkspace *self, WdWorkspaceSignal which)
{
  g_signal_emit (self, signals[which], 0);
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

  signals[WD_WORKSPACE_TICK] = add_signal ("tick");
  signals[WD_WORKSPACE_REFRESH] = add_signal ("refresh");
  signals[WD_WORKSPACE_STATS_CHANGED] = add_signal ("stats-changed");
  signals[WD_WORKSPACE_TROUBLE_CHANGED] = add_signal ("trouble-changed");
  signals[WD_WORKSPACE_LIVE_CHANGED] = add_signal ("live-changed");
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
  wd_workspace_follow_feeds (self);
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
  wd_workspace_emit (self, WD_WORKSPACE_LIVE_CHANGED);
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
