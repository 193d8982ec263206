/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work in slices. Each promise or change is a heartbeat, and between two slices a cancel is
 * heeded: what is promised is delivered first. Where that is not known to have worked it is paused,
 * since the next slices would only be promised as well. A run that ended in the middle, by a
 * cancel, a lost server or a kill, is gone on with by the same call: its items say what is left. */

#include "direct/wd-direct-bulk.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-direct-dispatch.h"
#include "direct/wd-direct-pipe.h"
#include "direct/wd-direct-retry.h"
#include "direct/wd-direct-write.h"
#include "postgres/wd-pg-bulk-set-flags.h"
#include "postgres/wd-pg-bulk.h"

#define SLICE 500

typedef struct {
  WdLane *lane;
  WdDirectPipe *pipe;
  WdPgBulkRunner runner;
  const WdBulkRun *run; /* as it was at the start */
  WdDirectBulkFunc func;
  gpointer data;
  gint64 after;         /* place of the last item that was looked at */
  gint64 done;
  gint64 refused;
} Work;

/* Items that were begun. */
typedef struct {
  GPtrArray *items;       /* (owned) of WdBulkItem */
  WdActionResult *result; /* (owned) complete once the pipe has delivered */
  guint64 load;           /* number of what the pipe was given for it, or of one before */
} Slice;

static void
slice_free (Slice *slice)
{
  g_ptr_array_unref (slice->items);
  wd_action_result_unref (slice->result);
  g_free (slice);
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
  guint n = 0;

  if (refusals->len == 0)
    return TRUE;
  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (by_subject, (gpointer) subject_of (work, items->pdata[i]),
                         items->pdata[i]);
  for (guint i = 0; i < refusals->len; i++)
    {
      const WdRefusal *refusal = refusals->pdata[i];
      const WdBulkItem *item = g_hash_table_lookup (by_subject, refusal->subject);

      if (item == NULL)
        {
          g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("“%s” is no item of the run: %s"),
                       refusal->subject, refusal->error->message);
          return FALSE;
        }
      places[n] = item->n;
      reasons[n++] = refusal->error->message;
    }
  postgres = wd_lane_get_postgres (work->lane, NULL, error);
  return postgres != NULL
         && wd_pg_bulk_note (postgres, &work->runner, places, reasons, n,
                             wd_deadline_in (WD_WRITE_MS), error);
}

static WdActionResult *
set_flags (Work *work, GPtrArray *items, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  WdPgConnection *postgres = wd_lane_get_postgres (work->lane, cancellable, error);

  if (postgres == NULL
      || !wd_pg_bulk_set_flags (postgres, &work->runner, items, result->refused,
                                wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return NULL;
  return g_steal_pointer (&result);
}

/* Returns: (transfer full): which were refused; the others are done */
static WdActionResult *
do_items (Work *work, GPtrArray *items, GCancellable *cancellable, GError **error)
{
  switch (work->run->request->operation)
    {
    case WD_BULK_RETRY:
      return wd_direct_retry_frozen (work->lane, work->pipe, &work->runner, items, cancellable,
                                     error);
    case WD_BULK_DISPATCH:
      return wd_direct_dispatch_frozen (work->lane, work->pipe, &work->runner, items, cancellable,
                                        error);
    case WD_BULK_SET_FLAGS:
      return set_flags (work, items, cancellable, error);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Waits until a slice is delivered and writes down what came of it; frees it. */
static gboolean
end_slice (Work *work, Slice *slice, GError **error)
{
  GPtrArray *refusals = slice->result->refused;
  gboolean ok;

  wd_direct_pipe_wait (work->pipe, slice->load);
  wd_action_result_tell_siblings (slice->result);
  work->done += slice->items->len - refusals->len;
  work->refused += refusals->len;
  ok = note_refusals (work, slice->items, refusals, error)
       && wd_direct_check_delivered (slice->result, error);
  if (ok && work->func != NULL)
    work->func (work->done, work->refused, work->run->total, work->data);
  slice_free (slice);
  return ok;
}

/* FALSE: an error; TRUE without @begun: nothing is left. */
static gboolean
begin_slice (Work *work, Slice **begun, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (work->lane, cancellable, error);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (WdActionResult) result = NULL;

  if (postgres == NULL)
    return FALSE;
  do
    {
      g_clear_pointer (&items, g_ptr_array_unref);
      if (work->after >= work->run->total)
        return TRUE;
      items = wd_pg_bulk_next (postgres, &work->runner, work->after, SLICE,
                               wd_deadline_in (WD_READ_MS), cancellable, error);
      if (items == NULL)
        return FALSE;
      work->after += SLICE;
    }
  while (items->len == 0);
  wd_fault_point ("bulk:begin");
  result = do_items (work, items, cancellable, error);
  if (result == NULL)
    return FALSE;
  wd_fault_point ("bulk:slice");
  *begun = g_new (Slice, 1);
  **begun = (Slice) { g_steal_pointer (&items), g_steal_pointer (&result),
                      wd_direct_pipe_get_sent (work->pipe) };
  return TRUE;
}

/* While one slice is delivered the next is begun. What was begun is ended, also after an error. */
static gboolean
run_all (Work *work, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (work->lane, cancellable, error);
  Slice *before = NULL;
  gboolean ok;

  if (postgres == NULL
      || !wd_pg_bulk_claim (postgres, &work->runner, wd_deadline_in (WD_WRITE_MS), cancellable,
                            error)
      || !wd_pg_bulk_begin (postgres, &work->runner, &work->after, wd_deadline_in (WD_READ_MS),
                            cancellable, error))
    return FALSE;
  do
    {
      Slice *begun = NULL;

      ok = !g_cancellable_set_error_if_cancelled (cancellable, error)
           && begin_slice (work, &begun, cancellable, error);
      if (before != NULL && !end_slice (work, before, ok ? error : NULL))
        ok = FALSE;
      before = begun;
    }
  while (ok && before != NULL);
  if (before != NULL)
    end_slice (work, before, NULL);
  return ok;
}

/* What cannot be said to the database now is said by the age of the heartbeat, and known here. Who
 * pauses what another asked for, in a service, has said so already. */
static void
leave (WdLane *lane, const WdPgBulkRunner *runner, const GError *problem)
{
  gboolean cancelled = wd_error_is_cancelled (problem);
  WdPgConnection *postgres;
  g_autoptr (GError) error = NULL;

  postgres = wd_lane_get_postgres (lane, NULL, &error);
  if (postgres != NULL
      && wd_pg_bulk_leave (postgres, runner,
                           problem == NULL || cancelled ? NULL : problem->message,
                           cancelled && !wd_lane_acts_for_another (lane),
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
  g_autoptr (WdDirectPipe) pipe = wd_direct_pipe_new (lane);
  GPtrArray *before = wd_lane_get_bulk_owners (lane, run_id);
  Work work = { .lane = lane, .pipe = pipe, .runner = { run_id, owner, before, NULL },
                .func = func, .data = data };
  g_autoptr (GError) local = NULL;

  if (!wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  run = wd_direct_bulk_load (lane, run_id, cancellable, error);
  if (run == NULL)
    return NULL;
  work.run = work.runner.run = run;
  g_ptr_array_add (before, g_strdup (owner));
  work.done = run->done;
  work.refused = run->refused;
  run_all (&work, cancellable, &local);
  leave (lane, &work.runner, local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return wd_direct_bulk_load (lane, run_id, cancellable, error);
}
