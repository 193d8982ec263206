/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-alert-sources.h"
#include "session/wd-watch.h"

G_BEGIN_DECLS

#define WD_WATCH_MAX_SOURCES 8

/* What one source told. */
typedef struct {
  WdReading *reading;        /* (owned) (nullable) */
  gint64 asked;              /* monotonic; 0 is never */
  gboolean is_asked;         /* and has not answered */
  WdAlertPast past;
  gboolean is_moot;          /* there is nothing to tell of */
} WdWatchAnswer;

struct _WdWatch {
  GObject parent_instance;

  WdProfile *profile;        /* (owned) */
  WdBackend *backend;        /* (owned) */
  WdAlertStore *store;       /* (owned) */
  WdAlertRules *rules;       /* (owned) */
  GPtrArray *incidents;      /* (owned) (element-type WdIncident) */
  char *problem;             /* (owned) (nullable) */
  WdStats *stats;            /* (owned) (nullable): that somebody else read */
  gint64 stats_at;           /* monotonic */
  GCancellable *cancellable; /* (owned): of everything that is asked */
  WdReading *reading;        /* (owned) (nullable): of the round under way */
  WdWatchAnswer answers[WD_WATCH_MAX_SOURCES];
  guint n_asked;             /* sources that have not answered */
  gint64 began;              /* monotonic: the last round */
  gint64 changed_at;         /* monotonic: when something last told of a change */
  WdTime looked_at;          /* the end of the last round */
  gint64 started;            /* monotonic: since when it runs, or rests */
  guint timer;
  gboolean running;
  gboolean notifies;         /* whoever hears of an alert can tell people */
  gboolean rules_known;      /* read from the file */
  gboolean is_lost;          /* a server did not answer the last time */
  gboolean is_blind;         /* nor did the statistics: nothing else was asked for */
  guint unmeasured;          /* bits of WdAlertMetric: of which nothing is known */
  gboolean again;            /* something has changed meanwhile */
};

void wd_watch_take (WdWatch *self, WdAlertAnswer *answer);
void wd_watch_look_soon (WdWatch *self);

/* wd-watch-requests.c */
void wd_watch_find_unmeasured (WdWatch *self);

G_END_DECLS
