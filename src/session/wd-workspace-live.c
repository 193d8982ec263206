/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When a workspace reads.
 *
 * Where both servers tell of changes it reads when they do, and once a minute in case something is
 * never told of; else every few seconds. It beats for the ages on screen: every second while any of
 * them can be of seconds, seldom when nothing has happened for a while, so that a quiet platform
 * costs nothing. */

#include "session/wd-workspace-private.h"

#define LIVE_INTERVAL  60
#define QUIET_US       (60 * G_USEC_PER_SEC)
#define BEAT_SECONDS   1
#define QUIET_SECONDS  10

static gboolean beat_cb (gpointer data);

static guint
choose_beat (WdWorkspace *self)
{
  gint64 quiet = g_get_monotonic_time () - self->changed;

  return wd_workspace_is_live (self) && quiet > QUIET_US ? QUIET_SECONDS : BEAT_SECONDS;
}

static void
start_beat (WdWorkspace *self, guint seconds)
{
  g_clear_handle_id (&self->beat_source, g_source_remove);
  self->beat_seconds = seconds;
  self->beat_source = g_timeout_add_seconds (seconds, beat_cb, self);
}

static gboolean
beat_cb (gpointer data)
{
  WdWorkspace *self = data;
  gint64 passed = (g_get_monotonic_time () - self->refreshed) / G_USEC_PER_SEC;
  guint seconds;

  wd_workspace_emit (self, WD_WORKSPACE_TICK);
  if (!self->paused)
    {
      wd_bulk_runs_tick (self->bulk);
      wd_health_watch_tick (self->health);
    }
  /* Beats are a little early or late. */
  if (!self->paused && passed + 1 > wd_workspace_get_interval (self))
    wd_workspace_refresh (self);
  seconds = choose_beat (self);
  if (seconds == self->beat_seconds)
    return G_SOURCE_CONTINUE;
  self->beat_source = 0;
  start_beat (self, seconds);
  return G_SOURCE_REMOVE;
}

/**
 * wd_workspace_stop_beat:
 * @self: a workspace that nobody looks at any more
 */
void
wd_workspace_stop_beat (WdWorkspace *self)
{
  g_clear_handle_id (&self->beat_source, g_source_remove);
}

static void
changed_cb (WdWorkspace *self, guint changes)
{
  if (self->beat_source == 0 || self->paused)
    return;
  self->changed = g_get_monotonic_time ();
  if (self->beat_seconds != BEAT_SECONDS)
    start_beat (self, BEAT_SECONDS);
  wd_workspace_refresh (self);
}

static void
update_listening (WdWorkspace *self)
{
  wd_watch_set_running (self->watch, self->beat_source != 0 || self->keeps_watching);
  wd_backend_set_listening (self->backend, (self->beat_source != 0 && !self->paused)
                                             || self->keeps_watching);
}

static void
live_changed_cb (WdWorkspace *self)
{
  wd_workspace_emit (self, WD_WORKSPACE_LIVE_CHANGED);
}

/**
 * wd_workspace_listen:
 * @self: a new workspace
 *
 * Lets it know of what its backend hears.
 */
void
wd_workspace_listen (WdWorkspace *self)
{
  g_signal_connect_object (self->backend, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->backend, "live-changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_workspace_set_running:
 * @self: a workspace
 * @running: whether somebody can see it; else nothing is read, and nobody listens
 */
void
wd_workspace_set_running (WdWorkspace *self, gboolean running)
{
  g_return_if_fail (WD_IS_WORKSPACE (self));

  if (running == (self->beat_source != 0))
    return;
  if (!running)
    wd_workspace_stop_beat (self);
  else
    start_beat (self, BEAT_SECONDS);
  update_listening (self);
  if (!running)
    return;
  /* The first pages are on their way already. */
  if (self->stats == NULL)
    {
      wd_workspace_load_stats (self);
      wd_health_watch_changed (self->health);
    }
  else if (!self->paused)
    wd_workspace_refresh (self);
}

/**
 * wd_workspace_set_keeps_watching:
 * @self: a workspace
 * @keeps_watching: whether it looks for alerts while nobody can see it
 */
void
wd_workspace_set_keeps_watching (WdWorkspace *self, gboolean keeps_watching)
{
  g_return_if_fail (WD_IS_WORKSPACE (self));

  self->keeps_watching = keeps_watching;
  update_listening (self);
}

/**
 * wd_workspace_set_paused:
 * @self: a workspace
 * @paused: whether what is on screen stays as it is, but for wd_workspace_refresh()
 */
void
wd_workspace_set_paused (WdWorkspace *self, gboolean paused)
{
  g_return_if_fail (WD_IS_WORKSPACE (self));

  if (self->paused == paused)
    return;
  self->paused = paused;
  update_listening (self);
  if (!paused && self->beat_source != 0)
    wd_workspace_refresh (self);
  wd_workspace_emit (self, WD_WORKSPACE_LIVE_CHANGED);
}

/**
 * wd_workspace_get_paused:
 * @self: a workspace
 *
 * Returns: whether it reads by hand only; “live-changed” tells
 */
gboolean
wd_workspace_get_paused (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), FALSE);

  return self->paused;
}

/**
 * wd_workspace_is_live:
 * @self: a workspace
 *
 * Returns: whether all changes tell of themselves; wd_backend_get_live() says more
 */
gboolean
wd_workspace_is_live (WdWorkspace *self)
{
  g_return_val_if_fail (WD_IS_WORKSPACE (self), FALSE);

  return wd_live_is_whole (wd_backend_get_live (self->backend));
}

/**
 * wd_workspace_get_interval:
 * @self: a workspace
 *
 * Returns: after how many seconds without a change it reads again
 */
guint
wd_workspace_get_interval (WdWorkspace *self)
{
  WdFeed feed;
  WdTime since;

  g_return_val_if_fail (WD_IS_WORKSPACE (self), 0);

  /* That what is undelivered may be sent by now, nobody tells, nor that the last signs of a worker
   * have faded. */
  return wd_workspace_is_live (self) && wd_workspace_get_trouble (self, &feed, &since) == NULL
             && (self->stats == NULL
                 || (self->stats->undelivered_jobs <= 0
                     && !wd_stats_has_unseen_workers (self->stats)))
           ? MAX (LIVE_INTERVAL, self->interval)
           : self->interval;
}
