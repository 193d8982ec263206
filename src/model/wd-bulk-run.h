/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-bulk-request.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdBulkState:
 * @WD_BULK_FROZEN: written down; nothing was done yet
 * @WD_BULK_RUNNING: somebody works on it, or died doing so
 * @WD_BULK_PAUSED: it can be gone on with
 * @WD_BULK_DONE: nothing is left
 * @WD_BULK_DISCARDED: given up: nothing more is done of it, and what was done stands
 *
 * Where a run is.
 */
typedef enum {
  WD_BULK_FROZEN,
  WD_BULK_RUNNING,
  WD_BULK_PAUSED,
  WD_BULK_DONE,
  WD_BULK_DISCARDED,
} WdBulkState;

const char *wd_bulk_state_word (WdBulkState state);
gboolean    wd_bulk_state_from_word (const char *word, WdBulkState *state);

/**
 * WdBulkCount:
 * @job_type: (nullable): a type; %NULL for flags
 * @network: (nullable): of the wallets; %NULL where it is not known
 * @n: how many subjects of both
 */
typedef struct {
  char *job_type;
  char *network;
  gint64 n;
} WdBulkCount;

/**
 * WdBulkForecast:
 * @code: of #WdError
 * @reason: why, for people, translated
 * @n: how many subjects
 *
 * What will be refused, as far as it was known when the run was frozen. Each subject counts once.
 */
typedef struct {
  int code;
  char *reason;
  gint64 n;
} WdBulkForecast;

/**
 * WdBulkRun:
 * @id: UUID
 * @request: (owned): what was asked: operation and options; neither filter nor subjects
 * @state: where it is
 * @total: how many subjects were frozen
 * @done: how many were done
 * @refused: how many were not, and will not be
 * @created_by: (nullable): who froze it
 * @started_at: when whoever runs it now, or ran it last, began, or %WD_TIME_NONE
 * @settled_before: how many were done or refused then
 * @heartbeat: of whoever runs it or ran it last, or %WD_TIME_NONE
 * @is_running: whether its owner was heard of in the last minute
 * @can_take_over: whether it has an owner who was not
 * @last_error: (nullable): why it was paused; %NULL where somebody wanted that
 * @must_confirm: whether a remote dashboard wants to be told, before it goes on, how many are left
 * @undelivered: how many of the done are promised and not known to be queued yet: they stand in the
 *   outbox; -1 in a list of runs
 * @counts: (nullable) (element-type WdBulkCount): by type and network, the most first; not in a
 *   list of runs
 * @forecast: (nullable) (element-type WdBulkForecast): likewise
 * @not_asked: of how many jobs their queues could not be asked when it was frozen: what those would
 *   refuse is not in @forecast; 0 in a list of runs
 * @refusals: (nullable) (element-type WdRefusal): the first thousand: which and why; likewise. All
 *   of them are in an export of its items
 *
 * Work on many jobs or wallets, frozen as they were at a preview. Immutable once published.
 */
typedef struct {
  char *id;
  WdBulkRequest *request;
  WdBulkState state;
  gint64 total;
  gint64 done;
  gint64 refused;
  WdTime created_at;
  char *created_by;
  WdTime started_at;
  gint64 settled_before;
  WdTime heartbeat;
  gboolean is_running;
  gboolean can_take_over;
  char *last_error;
  gboolean must_confirm;
  gint64 undelivered;
  GPtrArray *counts;
  GPtrArray *forecast;
  gint64 not_asked;
  GPtrArray *refusals;
} WdBulkRun;

WD_DECLARE_RECORD (WdBulkRun, wd_bulk_run)

gint64   wd_bulk_run_count_left (const WdBulkRun *self);
double   wd_bulk_run_get_rate (const WdBulkRun *self);
char    *wd_bulk_run_describe_not_asked (const WdBulkRun *self, const char *number);

WdBulkCount    *wd_bulk_count_new (const char *job_type, const char *network, gint64 n);
void            wd_bulk_count_free (WdBulkCount *self);
WdBulkForecast *wd_bulk_forecast_new (int code, const char *reason, gint64 n);
void            wd_bulk_forecast_free (WdBulkForecast *self);

G_END_DECLS
