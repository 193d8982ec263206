/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-courier.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

struct _WdWorkspace {
  GObject parent_instance;

  WdProfile *profile;        /* (owned) */
  WdBackend *backend;        /* (owned) */
  WdPagedList *jobs;         /* (owned) */
  WdPagedList *wallets;      /* (owned) */
  WdPagedList *audit;        /* (owned) */
  WdCourier *courier;        /* (owned) */
  WdBulkRuns *bulk;          /* (owned) */
  WdHealthWatch *health;     /* (owned) */
  WdWatch *watch;            /* (owned) */
  WdStats *stats;            /* (owned) (nullable) */
  GCancellable *stats_request;   /* (owned) (nullable) */
  WdTroubles *troubles;      /* (owned) */
  GTimeZone *zone;           /* (owned): in which a day begins */
  gboolean stats_again;      /* what is being read may be old already */
  guint interval;            /* seconds, where changes do not tell of themselves */
  guint beat_source;         /* while somebody looks */
  guint beat_seconds;        /* between two beats */
  gint64 refreshed;          /* monotonic */
  gint64 changed;            /* monotonic: when a change was told of */
  gboolean paused;           /* nothing is read but by hand */
  gboolean keeps_watching;   /* for alerts, whether somebody looks or not */
};

/* What it tells whoever shows it. */
typedef enum {
  WD_WORKSPACE_TICK,
  WD_WORKSPACE_REFRESH,
  WD_WORKSPACE_STATS_CHANGED,
  WD_WORKSPACE_TROUBLE_CHANGED,
  WD_WORKSPACE_LIVE_CHANGED,
  WD_WORKSPACE_N_SIGNALS
} WdWorkspaceSignal;

void wd_workspace_emit (WdWorkspace *self, WdWorkspaceSignal which);
void wd_workspace_load_stats (WdWorkspace *self);
void wd_workspace_follow_feeds (WdWorkspace *self);
void wd_workspace_listen (WdWorkspace *self);
void wd_workspace_stop_beat (WdWorkspace *self);

G_END_DECLS
