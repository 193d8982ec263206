/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a workspace reads, and what that brings.
 *
 * While somebody looks it asks whoever is on screen to read again ("refresh") when something has
 * changed, and every few seconds where changes do not tell of themselves. Statistics it reads
 * itself. Each feed keeps what it read last, and what is wrong with it is told of until it answers
 * again. */

#include "session/wd-workspace-private.h"

#include "base/wd-error.h"

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
  wd_workspace_emit (self, WD_WORKSPACE_STATS_CHANGED);
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

/**
 * wd_workspace_follow_feeds:
 * @self: a new workspace
 *
 * Lets it know of what its lists and its look for what is wrong bring.
 */
void
wd_workspace_follow_feeds (WdWorkspace *self)
{
  g_signal_connect_object (self->health, "changed", G_CALLBACK (health_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jobs, "state-changed", G_CALLBACK (jobs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wallets, "state-changed", G_CALLBACK (wallets_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audit, "state-changed", G_CALLBACK (audit_changed_cb), self,
                           G_CONNECT_SWAPPED);
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
  wd_workspace_emit (self, WD_WORKSPACE_REFRESH);
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
    wd_workspace_emit (self, WD_WORKSPACE_TROUBLE_CHANGED);
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
