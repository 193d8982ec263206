/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-drift-rule.h"
#include "direct/wd-lane.h"
#include "postgres/wd-pg-drift.h"

G_BEGIN_DECLS

/**
 * WdDriftCase:
 * @id: (owned): `<queue>/<queue_id>`
 * @queue: (owned): name
 * @queue_id: (owned): of the job there
 * @row: (owned) (nullable): a row about it: of several one of this queue
 * @n_rows: how many there are
 * @given_again: its queue has given the id to another job than a row of that id is about
 * @bearer_ms: where its queue shows nothing of the row's for that: when the other one was made, in
 *   milliseconds
 * @facts: what its queue shows
 * @kind: what is wrong, where something is
 * @ran: of a lost job: whether it ran
 *
 * One job that is looked into.
 */
typedef struct {
  char *id;
  char *queue;
  char *queue_id;
  WdPgDriftRow *row;
  guint n_rows;
  gboolean given_again;
  gint64 bearer_ms;
  WdQueueFacts facts;
  WdDriftKind kind;
  WdQueueRan ran;
} WdDriftCase;

WdDriftCase *wd_drift_case_new (const char *queue, const char *queue_id);
void         wd_drift_case_free (WdDriftCase *self);
gboolean     wd_drift_case_fits (const WdDriftCase *self, const WdJob *row);
void         wd_drift_case_forget_queue (WdDriftCase *self);
gboolean     wd_drift_case_judge (WdDriftCase *self, const WdProfile *profile);
guint        wd_drift_case_remedies (const WdDriftCase *self, const WdProfile *profile);
const char  *wd_drift_case_type (const WdDriftCase *self, const WdProfile *profile);
WdTime       wd_drift_case_since (const WdDriftCase *self);
WdDrift     *wd_drift_case_report (const WdDriftCase *self, const WdProfile *profile);
char        *wd_drift_case_explain (const WdDriftCase *self, const WdProfile *profile);

gboolean wd_drift_cases_read_rows (WdLane *lane, GPtrArray *cases, gboolean keep_past,
                                   GCancellable *cancellable, GError **error);
gboolean wd_drift_cases_look (WdLane *lane, GPtrArray *cases, gboolean with_lists,
                              GCancellable *cancellable, GError **error);
gboolean wd_drift_cases_read_events (WdLane *lane, GPtrArray *cases, GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
