/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work in slices. Between two of them the heartbeat is written, and a cancel is heeded: what
 * is promised is delivered first. A run that ended in the middle, by a cancel, a lost server or a
 * kill, is gone on with by the same call: its items say what is left. */

#include "direct/wd-direct-bulk.h"

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-direct-dispatch.h"
#include "direct/wd-direct-retry.h"
#include "postgres/wd-pg-bulk-freeze.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-bulk-set-flags.h"
#include "postgres/wd-pg-bulk.h"

#define SLICE     500
#define FREEZE_MS (120 * 1000)

typedef struct {
  WdLane *lane;
  WdPgBulkRunner runner;
  const WdBulkRun *run; /* as it was at the start */
  gint64 after;         /* place of the last item that was read */
  gint64 done;
  gint64 refused;
} Work;

/**
 * wd_direct_bulk_freeze:
 * @lane: a lane
 * @request: what to do, and to which
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR; nothing was written
 *
 * Worker. Returns: (transfer full): the run, with what it will do
 */
WdBulkRun *
wd_direct_bulk_freeze (WdLane *lane, const WdBulkRequest *request, GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *run_id = g_uuid_string_random ();
  WdPgConnection *postgres;

  if (!wd_bulk_request_validate (request, error)
      || !wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL
      || !wd_pg_bulk_freeze (postgres, run_id, request, wd_deadline_in (FREEZE_MS), cancellable,
                             error))
    return NULL;
  return wd_pg_bulk_load (postgres, run_id, wd_deadline_in (WD_READ_MS), cancellable, error);
}

static const char *
subject_of (const Work *work, const WdBulkItem *item)
{
  return wd_bulk_operation_is_for_wallets (work->run->request->operation) ? item->wallet_address
                                                                          : item->job_log_id;
}

/* Those that were refused, whether promised before or not. */
static gboolean
note_refusals (Work *work, GPtrArray *items, GPtrArray *refusals, GError **error)
{
  WdPgConnection *postgres;
  g_autoptr (GHashTable) by_subject = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree gint64 *places = g_new (gint64, refusals->len);
  g_autofree const char **reasons = g_new (const char *, refusals->len);

  if (refusals->len == 0)
    return TRUE;
  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (by_subject, (gpointer) subject_of (work, items->pdata[i]),
                         items->pdata[i]);
  for (guint i = 0; i < refusals->len; i++)
    {
      const WdRefusal *refusal = refusals->pdata[i];

      places[i] = ((WdBulkItem *) g_hash_table_lookup (by_subject, refusal->subject))->n;
      reasons[i] = refusal->error->message;
    }
  postgres = wd_lane_get_postgres (work->lane, NULL, error);
  return postgres != NULL
         && wd_pg_bulk_note (postgres, &work->runner, places, reasons, refusals->len,
                             wd_deadline_in (WD_WRITE_MS), error);
}

static GPtrArray *
set_flags (Work *work, GPtrArray *items, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);
  WdPgConnection *postgres = wd_lane_get_postgres (work->lane, cancellable, error);

  if (postgres == NULL
      || !wd_pg_bulk_set_flags (postgres, &work->runner, items, refusals,
                                wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return NULL;
  return g_steal_pointer (&refusals);
}

/* Returns: (transfer full) (element-type WdRefusal): those that were refused; all others are done */
static GPtrArray *
do_items (Work *work, GPtrArray *items, GCancellable *cancellable, GError **error)
{
  const WdBulkRequest *request = work->run->request;
  g_autoptr (WdActionResult) result = NULL;

  switch (request->operation)
    {
    case WD_BULK_RETRY:
      result = wd_direct_retry_frozen (work->lane, &work->runner, items, request->reset,
                                       cancellable, error);
      break;
    case WD_BULK_DISPATCH:
      result = wd_direct_dispatch_frozen (work->lane, &work->runner, items, cancellable, error);
      break;
    case WD_BULK_SET_FLAGS:
      return set_flags (work, items, cancellable, error);
    default:
      g_return_val_if_reached (NULL);
    }
  return result != NULL ? g_ptr_array_ref (result->refused) : NULL;
}

/* FALSE: an error; TRUE with @more unset: nothing is left. */
static gboolean
run_slice (Work *work, gboolean *more, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (work->lane, cancellable, error);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) refusals = NULL;

  if (postgres == NULL)
    return FALSE;
  items = wd_pg_bulk_next (postgres, &work->runner, work->after, SLICE,
                           wd_deadline_in (WD_READ_MS), cancellable, error);
  if (items == NULL)
    return FALSE;
  *more = items->len > 0;
  if (!*more)
    return TRUE;
  wd_fault_point ("bulk:begin");
  refusals = do_items (work, items, cancellable, error);
  if (refusals == NULL)
    return FALSE;
  wd_fault_point ("bulk:slice");
  work->after = ((WdBulkItem *) items->pdata[items->len - 1])->n;
  work->done += items->len - refusals->len;
  work->refused += refusals->len;
  return note_refusals (work, items, refusals, error);
}

static gboolean
run_all (Work *work, WdDirectBulkFunc func, gpointer data, GCancellable *cancellable,
         GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (work->lane, cancellable, error);
  gboolean more = TRUE;

  work->done = work->run->done;
  work->refused = work->run->refused;
  if (postgres == NULL
      || !wd_pg_bulk_claim (postgres, &work->runner, wd_deadline_in (WD_WRITE_MS), cancellable,
                            error))
    return FALSE;
  while (more)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !run_slice (work, &more, cancellable, error))
        return FALSE;
      if (func != NULL)
        func (work->done, work->refused, work->run->total, data);
    }
  return TRUE;
}

/* What cannot be said to the database now is said by the age of the heartbeat, and known here. */
static void
leave (WdLane *lane, const WdPgBulkRunner *runner, const GError *problem)
{
  WdPgConnection *postgres;
  g_autoptr (GError) error = NULL;

  postgres = wd_lane_get_postgres (lane, NULL, &error);
  if (postgres != NULL
      && wd_pg_bulk_leave (postgres, runner,
                           problem == NULL || wd_error_is_cancelled (problem) ? NULL
                                                                             : problem->message,
                           wd_deadline_in (WD_WRITE_MS), &error))
    g_ptr_array_set_size (wd_lane_get_bulk_owners (lane, runner->run_id), 0);
  else
    g_debug ("Bulk run %s is left by its heartbeat: %s", runner->run_id, error->message);
}

/**
 * wd_direct_bulk_run:
 * @lane: a lane
 * @run_id: UUID of a run that is not done
 * @func: (nullable): told after each slice
 * @data: for @func
 * @cancellable: (nullable): pauses it between two slices
 * @error: why it was paused; what was done stands, and it can be gone on with
 *
 * Worker. Returns: (transfer full): the run, done
 */
WdBulkRun *
wd_direct_bulk_run (WdLane *lane, const char *run_id, WdDirectBulkFunc func, gpointer data,
                    GCancellable *cancellable, GError **error)
{
  g_autofree char *owner = g_uuid_string_random ();
  g_autoptr (WdBulkRun) run = NULL;
  GPtrArray *before = wd_lane_get_bulk_owners (lane, run_id);
  Work work = { .lane = lane, .runner = { run_id, owner, before, NULL } };
  g_autoptr (GError) local = NULL;

  if (!wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  run = wd_direct_bulk_load (lane, run_id, cancellable, error);
  if (run == NULL)
    return NULL;
  work.run = work.runner.run = run;
  g_ptr_array_add (before, g_strdup (owner));
  run_all (&work, func, data, cancellable, &local);
  leave (lane, &work.runner, local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return wd_direct_bulk_load (lane, run_id, cancellable, error);
}

/**
 * wd_direct_bulk_load:
 * @lane: a lane
 * @run_id: UUID of a run
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker. Returns: (transfer full): the run with its report
 */
WdBulkRun *
wd_direct_bulk_load (WdLane *lane, const char *run_id, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);

  return postgres != NULL ? wd_pg_bulk_load (postgres, run_id, wd_deadline_in (WD_READ_MS),
                                             cancellable, error)
                          : NULL;
}

/**
 * wd_direct_bulk_list:
 * @lane: a lane
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker. Returns: (transfer full) (element-type WdBulkRun): the newest runs
 */
GPtrArray *
wd_direct_bulk_list (WdLane *lane, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);

  return postgres != NULL ? wd_pg_bulk_list (postgres, wd_deadline_in (WD_READ_MS), cancellable,
                                             error)
                          : NULL;
}

/**
 * wd_direct_bulk_discard:
 * @lane: a lane
 * @run_id: UUID of a run
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY, %WD_ERROR_REFUSED where it is done, %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker. Returns: (transfer full): the run, that nobody can go on with any more
 */
WdBulkRun *
wd_direct_bulk_discard (WdLane *lane, const char *run_id, GCancellable *cancellable,
                        GError **error)
{
  WdPgConnection *postgres;

  if (!wd_pg_bulk_check_id (run_id, error) || !wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL
      || !wd_pg_bulk_discard (postgres, run_id, wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return NULL;
  return wd_direct_bulk_load (lane, run_id, cancellable, error);
}
