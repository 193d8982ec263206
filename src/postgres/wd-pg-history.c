/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What jobs did over some time. Which of the two ways is chosen here: the counts, quick at any
 * size, or up to so many jobs themselves, where bars are too short or too old for the counts. */

#include "postgres/wd-pg-history.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-history-private.h"

/* Returns: (transfer full): $1 and $2 */
WdPgParams *
wd_pg_history_params (const WdPgHistoryCall *call, const WdHistoryGrid *grid)
{
  WdPgParams *params = wd_pg_params_new ();
  guint n_edges = grid->edges->len;
  g_auto (GStrv) edges = g_new0 (char *, n_edges + 1);

  for (guint i = 0; i < n_edges; i++)
    edges[i] = wd_time_to_rfc3339 (wd_history_grid_get_edge (grid, i));
  wd_pg_params_text_array (params, (const char *const *) edges, n_edges);
  wd_pg_params_text (params, call->job_type);
  return params;
}

/* Bars from single jobs.
 *
 * Returns: (transfer full) (nullable): %NULL without an error where they are too many */
static WdHistory *
read_rows (const WdPgHistoryCall *call, GError **error)
{
  g_autoptr (WdHistory) history = wd_history_create (call->job_type, call->grid);
  gboolean too_many = FALSE;

  if (!wd_pg_history_read_rows (call, history, &too_many, error) || too_many
      || !wd_pg_history_read_unfinished (call, history, &too_many, error) || too_many)
    return NULL;
  return g_steal_pointer (&history);
}

static WdHistory *
read_counts (const WdPgHistoryCall *call, GError **error)
{
  g_autoptr (WdHistory) history = wd_history_create (call->job_type, call->grid);
  gboolean too_many = FALSE;

  if (!wd_pg_history_read_counts (call, history, error)
      || !wd_pg_history_read_unfinished (call, history, &too_many, error)
      || !wd_pg_history_read_retries (call, history, error))
    return NULL;
  return g_steal_pointer (&history);
}

/* Bars for which the counts hold percentiles no more, but single jobs might be read. */
static gboolean
lacks_durations (const WdHistory *history)
{
  return history->durations_since != WD_TIME_NONE
         && wd_history_point_get_finished (&history->total) + history->total.cancelled
              <= WD_HISTORY_MAX_JOBS;
}

static WdHistory *
read_coarse (WdPgHistoryCall *call, const WdHistoryRequest *request, GError **error)
{
  g_autoptr (WdHistoryGrid) grid = wd_history_grid_new_coarse (request, wd_time_now (),
                                                               WD_HISTORY_STEP_QUARTER, error);
  WdHistory *history;

  if (grid == NULL)
    return NULL;
  call->grid = grid;
  history = read_counts (call, error);
  if (history != NULL)
    history->coarse = TRUE;
  return history;
}

static void
set_too_many (GError **error)
{
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
               _("More than %d jobs ended in this time, too many for exact percentiles: choose a "
                 "shorter one, or one type"), WD_HISTORY_MAX_JOBS);
}

static WdHistory *
read_grid (WdPgHistoryCall *call, const WdHistoryRequest *request, GError **error)
{
  g_autoptr (WdHistory) history = NULL;
  g_autoptr (WdHistory) precise = NULL;
  GError *local = NULL;

  if (request->exact || call->grid->step < WD_HISTORY_STEP_QUARTER)
    {
      history = read_rows (call, &local);
      if (local != NULL)
        g_propagate_error (error, local);
      else if (history == NULL && request->exact)
        set_too_many (error);
      else if (history == NULL)
        history = read_coarse (call, request, error);
      return g_steal_pointer (&history);
    }
  history = read_counts (call, error);
  if (history == NULL || !lacks_durations (history))
    return g_steal_pointer (&history);
  precise = read_rows (call, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return precise != NULL ? g_steal_pointer (&precise) : g_steal_pointer (&history);
}

/* As of one moment: what is folded meanwhile counts once. */
static WdHistory *
read_snapshot (WdPgHistoryCall *call, const WdHistoryRequest *request, GError **error)
{
  WdHistory *history;

  if (!wd_pg_connection_begin_snapshot (call->connection, call->deadline, call->cancellable,
                                        error))
    return NULL;
  history = read_grid (call, request, error);
  wd_pg_connection_rollback (call->connection);
  return history;
}

static gpointer
read_history (WdPgConnection *connection, const WdPgColumns *columns, gpointer data,
              gint64 deadline, GCancellable *cancellable, GError **error)
{
  const WdHistoryRequest *request = data;
  g_autoptr (WdHistoryGrid) grid = wd_history_grid_new (request, wd_time_now (), error);
  g_autoptr (WdHistoryGrid) days = NULL;
  WdPgHistoryCall call = { connection, columns, grid, NULL, request->job_type, deadline,
                           cancellable };

  if (grid != NULL && grid->step >= WD_HISTORY_STEP_DAY)
    call.days = wd_history_grid_is_utc (grid) ? grid : (days = wd_history_grid_to_days (grid));
  if (grid == NULL || !wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  if (!columns->counts)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
                           _("This database keeps no counts of what jobs did: apply the "
                             "migrations, or run “wdctl migrate”"));
      return NULL;
    }
  return read_snapshot (&call, request, error);
}

/**
 * wd_pg_history_read:
 * @connection: a connection without an open transaction
 * @request: which time, of which jobs
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_INVALID_ARGUMENT, %WD_ERROR_NOT_MIGRATED without the counts,
 *   %WD_ERROR_NOT_SUPPORTED where exact percentiles are asked of too many jobs, else as for
 *   wd_pg_connection_query()
 *
 * Worker thread. Bars end with this machine's clock.
 *
 * Returns: (transfer full): what happened
 */
WdHistory *
wd_pg_history_read (WdPgConnection *connection, const WdHistoryRequest *request, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (connection != NULL && request != NULL, NULL);

  return wd_pg_columns_apply (connection, read_history, (gpointer) request, deadline, cancellable,
                              error);
}
