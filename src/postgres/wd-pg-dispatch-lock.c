/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The wallets of a dispatch are locked, and then it is asked what is in the way of each. */

#include "postgres/wd-pg-dispatch-private.h"

#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-bulk-wallets.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-under-way.h"
#include "postgres/wd-pg-write.h"

#define SQL_LOCK                                                                          \
  "SELECT address, user_id::text FROM public.user_wallets WHERE address = ANY ($1::text[]) " \
  "ORDER BY address FOR NO KEY UPDATE"

/* Whoever comes by again does not wait for a wallet that somebody else has locked, and keeps the
 * others from their jobs. */
#define SQL_LOCK_FREE SQL_LOCK " SKIP LOCKED"

#define SQL_BUSY                                                                          \
  "SELECT " WD_PG_UNDER_WAY_COLUMNS ", FALSE FROM public.job_logs WHERE job_type = $1 "   \
  "AND wallet_address = ANY ($2::text[]) AND " WD_PG_JOB_UNDER_WAY " "

#define SQL_UNDER_WAY SQL_BUSY "ORDER BY created_at DESC"

/* Also the jobs of each wallet that have ended, as their rows say: in the same statement, or one
 * that goes from the ones to the others would be among neither. */
#define SQL_ALSO_ENDED                                                                    \
  SQL_BUSY "UNION ALL SELECT e.*, TRUE FROM unnest ($2::text[]) AS k (wallet), LATERAL (" \
  WD_PG_JOBS_ENDED (WD_PG_UNDER_WAY_COLUMNS, "$1", "k.wallet") ") AS e "                  \
  "ORDER BY created_at DESC"

/* Jobs that came after the preview of a bulk run, and may have done already what it is to do; so
 * may those that it could not see, since they were being written, or by a clock that is behind:
 * they have ended since, and $4 says that such a job counts. They are compared as only the index
 * by wallet serves: those by time would bring what the run itself has made since, more with each
 * slice. */
#define SQL_NEWER                                                                         \
  "SELECT u.wallet FROM unnest ($2::text[]) AS u (wallet), LATERAL ("                     \
  "SELECT FROM public.job_logs AS j WHERE j.wallet_address = u.wallet "                   \
  "AND (j.wallet_address, j.created_at) >= (u.wallet, $3::timestamptz - interval '1 hour') " \
  "AND (j.created_at >= $3::timestamptz OR $4::boolean AND j.completed_at >= $3::timestamptz) " \
  "AND j.job_type IS NOT DISTINCT FROM $1 LIMIT 1) AS newer"

/* Adds those that their queues run by themselves, or may. What completed there is in nobody's way,
 * as what completed by its row is not. */
static gboolean
ask_queues (const WdPgDispatch *order, WdPgDispatchSlice *slice, GPtrArray *ended,
            gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  if (!wd_pg_under_way_ask (ended, states, order->look, order->look_data, deadline, cancellable,
                            error))
    return FALSE;
  for (guint i = 0; i < ended->len; i++)
    {
      WdJob *job = ended->pdata[i];

      if (wd_retry_judge (states->pdata[i], FALSE, TRUE) == WD_RETRY_COMPLETED)
        continue;
      g_hash_table_replace (slice->under_way, job->wallet_address, wd_job_ref (job));
      g_hash_table_replace (slice->states, g_strdup (job->wallet_address),
                            g_strdup (states->pdata[i]));
    }
  return TRUE;
}

/* Of a wallet that is busy by the rows no queue is asked. */
static gboolean
read_under_way (const WdPgDispatch *order, WdPgDispatchSlice *slice, WdPgResult *rows,
                gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);

  for (guint i = 0; i < wd_pg_result_get_rows (rows); i++)
    {
      WdJob *job = wd_pg_under_way_from_row (rows, i);

      if (wd_pg_result_bool (rows, i, WD_PG_UNDER_WAY_N_COLUMNS))
        g_ptr_array_add (ended, job);
      else
        g_hash_table_replace (slice->under_way, job->wallet_address, job);
    }
  for (guint i = ended->len; i-- > 0;)
    if (g_hash_table_contains (slice->under_way, ((WdJob *) ended->pdata[i])->wallet_address))
      g_ptr_array_remove_index (ended, i);
  return ask_queues (order, slice, ended, deadline, cancellable, error);
}

static const char *
guard_sql (const WdPgDispatch *order)
{
  return order->look != NULL ? SQL_ALSO_ENDED : SQL_UNDER_WAY;
}

static void
read_owners (WdPgDispatchSlice *slice, WdPgResult *wallets)
{
  for (guint i = 0; i < wd_pg_result_get_rows (wallets); i++)
    {
      const char *user = wd_pg_result_text (wallets, i, 1);

      g_hash_table_replace (slice->owners, g_strdup (wd_pg_result_text (wallets, i, 0)),
                            user != NULL && g_uuid_string_is_valid (user) ? g_strdup (user) : NULL);
    }
}

/* The same for a bulk run, which is held first: also what has changed since its preview. */
static gboolean
lock_frozen (WdPgConnection *self, const WdPgDispatch *order, WdPgDispatchSlice *slice,
             WdPgParams *lock, WdPgParams *guard, gint64 deadline, GCancellable *cancellable,
             GError **error)
{
  const WdBulkRun *run = order->runner->run;
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) newer = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *now = NULL;

  if (columns == NULL)
    return FALSE;
  now = wd_pg_bulk_wallets_sql (columns, run->request);
  wd_pg_params_text (newer, order->request->job_type);
  wd_pg_params_text_array (newer, slice->wallets, slice->n_wallets);
  wd_pg_params_time (newer, run->created_at);
  wd_pg_params_bool (newer, !order->request->force);
  results = wd_pg_bulk_hold (self, order->runner,
                             (WdPgStatement[]) { { SQL_LOCK, lock },
                                                 { guard_sql (order), guard },
                                                 { now, lock },
                                                 { SQL_NEWER, newer } },
                             4, deadline, cancellable, error);
  if (results == NULL)
    return FALSE;
  read_owners (slice, results->pdata[0]);
  slice->changed = wd_pg_bulk_find_changed (order->items, results->pdata[2]);
  for (guint i = 0; i < wd_pg_result_get_rows (results->pdata[3]); i++)
    g_hash_table_add (slice->newer, g_strdup (wd_pg_result_text (results->pdata[3], i, 0)));
  return read_under_way (order, slice, results->pdata[1], deadline, cancellable, error);
}

/* Wallets that get no job take no room from those behind them. */
static void
keep_to_room (WdPgFlagTurn *turn, WdPgDispatchSlice *slice, guint room)
{
  gsize i;

  for (i = 0; i < slice->n_wallets; i++)
    {
      const char *wallet = slice->wallets[i];

      if (!g_hash_table_contains (slice->due, wallet)
          || !g_hash_table_contains (slice->owners, wallet)
          || g_hash_table_contains (slice->under_way, wallet))
        continue;
      if (room == 0)
        break;
      room--;
    }
  turn->n_tried = (guint) i;
  for (; i < slice->n_wallets; i++)
    g_hash_table_remove (slice->due, slice->wallets[i]);
}

/* The same for flags, whose turn is taken first: also for which of them a job is due. */
static gboolean
lock_flagged (WdPgConnection *self, const WdPgDispatch *order, WdPgDispatchSlice *slice,
              WdPgParams *lock, WdPgParams *guard, gint64 deadline, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  guint room;

  slice->due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  results = wd_pg_flagged_hold (self, order->turn, &(WdPgStatement) { SQL_LOCK_FREE, lock },
                                &(WdPgStatement) { guard_sql (order), guard }, slice->wallets,
                                slice->n_wallets, slice->due, &room, deadline, cancellable, error);
  if (results == NULL)
    return FALSE;
  if (!order->turn->taken)
    return TRUE;
  read_owners (slice, results->pdata[0]);
  if (!read_under_way (order, slice, results->pdata[1], deadline, cancellable, error))
    return FALSE;
  keep_to_room (order->turn, slice, room);
  return TRUE;
}

/**
 * wd_pg_dispatch_lock:
 * @self: a connection inside the transaction that is to write
 * @order: what the jobs have in common
 * @slice: which wallets; gets what is known of them
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Locks the wallets and finds out which are known and which are busy: one round trip, and another
 * one to the queues where a wallet has jobs that have ended without doing their work. Worker.
 */
gboolean
wd_pg_dispatch_lock (WdPgConnection *self, const WdPgDispatch *order, WdPgDispatchSlice *slice,
                     gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) lock = wd_pg_params_new ();
  g_autoptr (WdPgParams) guard = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;

  wd_pg_params_text_array (lock, slice->wallets, slice->n_wallets);
  wd_pg_params_text (guard, order->request->job_type);
  wd_pg_params_text_array (guard, slice->wallets, slice->n_wallets);
  if (order->runner != NULL)
    return lock_frozen (self, order, slice, lock, guard, deadline, cancellable, error);
  if (order->turn != NULL)
    return lock_flagged (self, order, slice, lock, guard, deadline, cancellable, error);
  results = wd_pg_connection_query_many (self,
                                         (WdPgStatement[]) { { WD_PG_WRITE_BY_KEYS, NULL },
                                                             { SQL_LOCK, lock },
                                                             { guard_sql (order), guard } },
                                         3, deadline, cancellable, error);
  if (results == NULL)
    return FALSE;
  read_owners (slice, results->pdata[1]);
  return read_under_way (order, slice, results->pdata[2], deadline, cancellable, error);
}
