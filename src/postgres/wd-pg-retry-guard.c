/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One job of a type is enough for a wallet, also where it is retried or queued again: while another
 * is under way, or goes by the same call, it would do the same work, and pay, twice.
 *
 * As in a dispatch the wallets are locked first, in the order of their addresses, and only then it
 * is asked what is under way for them: so a dispatch and a retry, or two retries, of one wallet see
 * what the other has done, and never wait for each other in a ring. They are locked also where
 * somebody wants it by force, for the sake of those who do not. A row is not in its own way. */

#include "postgres/wd-pg-retry-guard.h"

#include <string.h>

#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-under-way.h"
#include "postgres/wd-pg-write.h"

#define SQL_LOCK                                                                           \
  "SELECT FROM public.user_wallets WHERE address = ANY ($1::text[]) "                      \
  "ORDER BY address FOR NO KEY UPDATE"

/* More than is asked for, where jobs of several types are retried: what is in whose way is found
 * out below. */
#define SQL_UNDER_WAY                                                                      \
  "SELECT " WD_PG_UNDER_WAY_COLUMNS " FROM public.job_logs WHERE job_type = ANY ($1::text[]) " \
  "AND wallet_address = ANY ($2::text[]) AND " WD_PG_JOB_UNDER_WAY " ORDER BY created_at DESC"

/**
 * wd_pg_retry_guard_init:
 * @guard: (out): a guard that knows nothing yet
 */
void
wd_pg_retry_guard_init (WdPgRetryGuard *guard)
{
  *guard = (WdPgRetryGuard) { 0 };
  guard->going = g_array_new (FALSE, FALSE, sizeof (WdPgRetryJob));
  guard->siblings = g_ptr_array_new_with_free_func (g_free);
  guard->chosen = g_ptr_array_new_with_free_func (g_free);
  guard->hindered = g_ptr_array_new_with_free_func (g_free);
  guard->busy = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
}

/**
 * wd_pg_retry_guard_clear:
 * @guard: a guard
 */
void
wd_pg_retry_guard_clear (WdPgRetryGuard *guard)
{
  g_array_unref (guard->going);
  g_ptr_array_unref (guard->siblings);
  g_ptr_array_unref (guard->chosen);
  g_ptr_array_unref (guard->hindered);
  g_ptr_array_unref (guard->busy);
}

/* Adds what is retried, and for which wallets. */
static WdPgParams *
make_params (const WdPgRetryJob *jobs, gsize n_jobs, WdPgParams *lock)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) wallets = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree const char **some_types = NULL;
  g_autofree const char **some_wallets = NULL;
  WdPgParams *params = wd_pg_params_new ();

  for (gsize i = 0; i < n_jobs; i++)
    if (jobs[i].guarded != NULL)
      {
        g_hash_table_add (types, jobs[i].guarded->job_type);
        g_hash_table_add (wallets, jobs[i].guarded->wallet_address);
      }
  some_types = (const char **) g_hash_table_get_keys_as_array (types, NULL);
  some_wallets = (const char **) g_hash_table_get_keys_as_array (wallets, NULL);
  wd_pg_params_text_array (lock, some_wallets, g_hash_table_size (wallets));
  wd_pg_params_text_array (params, some_types, g_hash_table_size (types));
  wd_pg_params_text_array (params, some_wallets, g_hash_table_size (wallets));
  return params;
}

/* Returns: (transfer full) (element-type utf8 GPtrArray): the jobs under way, by type and wallet,
 *   the newest first */
static GHashTable *
read_under_way (WdPgResult *rows)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < wd_pg_result_get_rows (rows); i++)
    {
      WdJob *job = wd_pg_under_way_from_row (rows, i);
      g_autofree char *key = wd_retry_dup_guard_key (job);
      GPtrArray *jobs = g_hash_table_lookup (found, key);

      if (jobs == NULL)
        {
          jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
          g_hash_table_insert (found, g_steal_pointer (&key), jobs);
        }
      g_ptr_array_add (jobs, job);
    }
  return found;
}

static WdJob *
find_other (GHashTable *under_way, const char *key, const WdJob *job)
{
  GPtrArray *jobs = g_hash_table_lookup (under_way, key);

  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    if (g_ascii_strcasecmp (((WdJob *) jobs->pdata[i])->id, job->id) != 0)
      return jobs->pdata[i];
  return NULL;
}

/* Rows of lost jobs say that they wait. Those of one call are not in each other's way: one of them
 * goes. */
static void
leave_out (GHashTable *under_way, const WdPgRetryJob *jobs, gsize n_jobs)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer found;

  for (gsize i = 0; i < n_jobs; i++)
    g_hash_table_add (ids, (gpointer) jobs[i].id);
  g_hash_table_iter_init (&iter, under_way);
  while (g_hash_table_iter_next (&iter, NULL, &found))
    for (guint i = ((GPtrArray *) found)->len; i-- > 0;)
      if (g_hash_table_contains (ids, ((WdJob *) ((GPtrArray *) found)->pdata[i])->id))
        g_ptr_array_remove_index (found, i);
}

/* All that failed and bulk runs are gone through in their order, in many transactions: there the
 * first goes. Whether one has gone in an earlier one, which may have ended since, their callers
 * know. */
static gboolean
comes_before (const WdPgRetry *order, const WdPgRetryJob *one, const WdPgRetryJob *other)
{
  if (order->runner != NULL)
    return one->n < other->n;
  return (wd_retry_compare_newest (one->guarded, other->guarded) < 0) != order->oldest;
}

/* Returns: (transfer full) (element-type utf8 WdPgRetryJob): which goes, by type and wallet, of
 *   those that nothing is in the way of */
static GHashTable *
choose (const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs, GHashTable *under_way)
{
  GHashTable *chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_jobs; i++)
    {
      const WdJob *job = jobs[i].guarded;
      g_autofree char *key = job != NULL ? wd_retry_dup_guard_key (job) : NULL;
      const WdPgRetryJob *best = key != NULL ? g_hash_table_lookup (chosen, key) : NULL;

      if (key != NULL && find_other (under_way, key, job) == NULL
          && (best == NULL || comes_before (order, &jobs[i], best)))
        g_hash_table_insert (chosen, g_steal_pointer (&key), (gpointer) &jobs[i]);
    }
  return chosen;
}

static void
sort_out (WdPgRetryGuard *guard, const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs,
          GHashTable *under_way)
{
  g_autoptr (GHashTable) chosen = choose (order, jobs, n_jobs, under_way);

  for (gsize i = 0; i < n_jobs; i++)
    {
      const WdJob *job = jobs[i].guarded;
      g_autofree char *key = job != NULL ? wd_retry_dup_guard_key (job) : NULL;
      WdJob *other = key != NULL ? find_other (under_way, key, job) : NULL;
      const WdPgRetryJob *best = key != NULL ? g_hash_table_lookup (chosen, key) : NULL;

      if (other != NULL)
        {
          g_ptr_array_add (guard->hindered, g_strdup (jobs[i].id));
          g_ptr_array_add (guard->busy, wd_job_ref (other));
        }
      else if (best != NULL && strcmp (best->id, jobs[i].id) != 0)
        {
          g_ptr_array_add (guard->siblings, g_strdup (jobs[i].id));
          g_ptr_array_add (guard->chosen, g_strdup (best->id));
        }
      else
        g_array_append_val (guard->going, jobs[i]);
    }
}

static gboolean
needs_locks (const WdPgRetryJob *jobs, gsize n_jobs)
{
  for (gsize i = 0; i < n_jobs; i++)
    if (jobs[i].guarded != NULL)
      return TRUE;
  return FALSE;
}

/**
 * wd_pg_retry_guard_lock:
 * @guard: gets to know which of @jobs go
 * @self: a connection inside the transaction that is to write
 * @order: what the jobs have in common
 * @jobs: (array length=n_jobs): which rows
 * @n_jobs: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Locks the wallets and finds out which are busy, in one round trip; none where no job is guarded.
 * Worker.
 */
gboolean
wd_pg_retry_guard_lock (WdPgRetryGuard *guard, WdPgConnection *self, const WdPgRetry *order,
                        const WdPgRetryJob *jobs, gsize n_jobs, gint64 deadline,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) lock = wd_pg_params_new ();
  g_autoptr (WdPgParams) params = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GHashTable) under_way = NULL;

  if (!needs_locks (jobs, n_jobs))
    {
      g_array_append_vals (guard->going, jobs, n_jobs);
      return TRUE;
    }
  params = make_params (jobs, n_jobs, lock);
  if (order->runner != NULL)
    results = wd_pg_bulk_hold (self, order->runner,
                               (WdPgStatement[]) { { SQL_LOCK, lock }, { SQL_UNDER_WAY, params } },
                               2, deadline, cancellable, error);
  else
    results = wd_pg_connection_query_many (self,
                                           (WdPgStatement[]) { { WD_PG_WRITE_BY_KEYS, NULL },
                                                               { SQL_LOCK, lock },
                                                               { SQL_UNDER_WAY, params } },
                                           3, deadline, cancellable, error);
  if (results == NULL)
    return FALSE;
  guard->held = TRUE;
  if (order->force)
    {
      g_array_append_vals (guard->going, jobs, n_jobs);
      return TRUE;
    }
  under_way = read_under_way (results->pdata[results->len - 1]);
  if (order->lost)
    leave_out (under_way, jobs, n_jobs);
  sort_out (guard, order, jobs, n_jobs, under_way);
  return TRUE;
}

/**
 * wd_pg_retry_guard_tell:
 * @guard: a guard that knows
 * @result: gets the refusals; those for a job that is under way already come last, and those for
 *   another one of the call wait for wd_action_result_tell_siblings()
 * @conflicts: (nullable) (element-type WdJob): gets the jobs under way, beside the last refusals
 */
void
wd_pg_retry_guard_tell (WdPgRetryGuard *guard, WdActionResult *result, GPtrArray *conflicts)
{
  for (guint i = 0; i < guard->siblings->len; i++)
    wd_action_result_refuse_sibling (result, guard->siblings->pdata[i], guard->chosen->pdata[i]);
  for (guint i = 0; i < guard->busy->len; i++)
    {
      wd_pg_under_way_refuse (result, guard->hindered->pdata[i], guard->busy->pdata[i]);
      if (conflicts != NULL)
        g_ptr_array_add (conflicts, wd_job_ref (guard->busy->pdata[i]));
    }
}
