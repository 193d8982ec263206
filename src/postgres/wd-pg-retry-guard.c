/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One job of a type is enough for a wallet, also where it is retried or queued again: while another
 * is under way, or goes by the same call, it would do the same work, and pay, twice.
 *
 * As in a dispatch the wallets are locked first, in the order of their addresses, and only then it
 * is asked what is under way for them: so a dispatch and a retry, or two retries, of one wallet see
 * what the other has done, and never wait for each other in a ring. They are locked also where
 * somebody wants it by force, for the sake of those who do not. A row is not in its own way.
 *
 * A row may say that its job failed while BullMQ is about to try it once more. So of the other jobs
 * that have ended, as their rows say, the queues are asked: after the rows were read, in one
 * statement, since a job that ends there ends for good, and one that its worker takes up again
 * meanwhile is met in the one place or the other. Few wallets have such other jobs. */

#include "postgres/wd-pg-retry-guard.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-under-way.h"
#include "postgres/wd-pg-write.h"

/* How far the clocks of workers, Redis and the database may be apart without a payment for it. */
#define CLOCKS_US (5 * G_USEC_PER_SEC)

#define SQL_LOCK                                                                           \
  "SELECT FROM public.user_wallets WHERE address = ANY ($1::text[]) "                      \
  "ORDER BY address FOR NO KEY UPDATE"

/* Each wallet is looked up by itself: a planner that knows nothing yet of many failed jobs would
 * read all of them for each slice. */
#define SQL_OF_EACH(jobs, ended)                                                           \
  "SELECT j.*, " ended " FROM unnest ($1::text[], $2::text[]) AS k (job_type, wallet), "   \
  "LATERAL (" jobs ") AS j "

#define SQL_BUSY                                                                           \
  SQL_OF_EACH ("SELECT " WD_PG_UNDER_WAY_COLUMNS " FROM public.job_logs "                  \
               "WHERE job_type = k.job_type AND wallet_address = k.wallet "                \
               "AND " WD_PG_JOB_UNDER_WAY " OFFSET 0", "FALSE")

#define SQL_UNDER_WAY SQL_BUSY "ORDER BY created_at DESC"

#define SQL_ALSO_ENDED                                                                     \
  SQL_BUSY "UNION ALL "                                                                    \
  SQL_OF_EACH (WD_PG_JOBS_ENDED (WD_PG_UNDER_WAY_COLUMNS, "k.job_type", "k.wallet"), "TRUE") \
  "ORDER BY created_at DESC"

/* A job that may be in the way of others of its type for its wallet. */
typedef struct {
  WdJob *job;   /* (owned) */
  char *state;  /* (owned) (nullable): in its queue, where its row says that it has ended */
} Other;

static void
other_free (Other *self)
{
  wd_job_unref (self->job);
  g_free (self->state);
  g_free (self);
}

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
  guard->states = g_ptr_array_new_with_free_func (g_free);
  guard->late = g_ptr_array_new_with_free_func (g_free);
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
  g_ptr_array_unref (guard->states);
  g_ptr_array_unref (guard->late);
}

/* Adds what is retried, each type for each wallet once. */
static WdPgParams *
make_params (const WdPgRetryJob *jobs, gsize n_jobs, WdPgParams *lock)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) types = g_ptr_array_new ();
  g_autoptr (GPtrArray) wallets = g_ptr_array_new ();
  WdPgParams *params = wd_pg_params_new ();

  for (gsize i = 0; i < n_jobs; i++)
    if (jobs[i].guarded != NULL
        && g_hash_table_add (seen, wd_retry_dup_guard_key (jobs[i].guarded)))
      {
        g_ptr_array_add (types, jobs[i].guarded->job_type);
        g_ptr_array_add (wallets, jobs[i].guarded->wallet_address);
      }
  wd_pg_params_text_array (lock, (const char *const *) wallets->pdata, wallets->len);
  wd_pg_params_text_array (params, (const char *const *) types->pdata, types->len);
  wd_pg_params_text_array (params, (const char *const *) wallets->pdata, wallets->len);
  return params;
}

/* @job: (transfer full). @others: by type and wallet, in order. */
static void
add_other (GHashTable *others, WdJob *job, const char *state)
{
  g_autofree char *key = wd_retry_dup_guard_key (job);
  GPtrArray *found = g_hash_table_lookup (others, key);
  Other *other = g_new (Other, 1);

  *other = (Other) { job, g_strdup (state) };
  if (found == NULL)
    {
      found = g_ptr_array_new_with_free_func ((GDestroyNotify) other_free);
      g_hash_table_insert (others, g_steal_pointer (&key), found);
    }
  g_ptr_array_add (found, other);
}

/* Returns: (transfer full) (element-type utf8 utf8): by type and wallet the row of the only job
 *   that is retried; the empty text where they are several */
static GHashTable *
find_subjects (const WdPgRetryJob *jobs, gsize n_jobs)
{
  GHashTable *subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_jobs; i++)
    if (jobs[i].guarded != NULL)
      {
        char *key = wd_retry_dup_guard_key (jobs[i].guarded);
        gboolean several = g_hash_table_contains (subjects, key);

        g_hash_table_insert (subjects, key, (gpointer) (several ? "" : jobs[i].guarded->id));
      }
  return subjects;
}

/* Puts those under way into @others, and those that have ended, as their rows say, and may be in
 * the way of any of @jobs, into @ended. */
static void
read_rows (WdPgResult *rows, const WdPgRetryJob *jobs, gsize n_jobs, GHashTable *others,
           GPtrArray *ended)
{
  g_autoptr (GHashTable) subjects = find_subjects (jobs, n_jobs);

  for (guint i = 0; i < wd_pg_result_get_rows (rows); i++)
    {
      WdJob *job = wd_pg_under_way_from_row (rows, i);
      g_autofree char *key = wd_retry_dup_guard_key (job);
      const char *subject = g_hash_table_lookup (subjects, key);

      if (!wd_pg_result_bool (rows, i, WD_PG_UNDER_WAY_N_COLUMNS))
        add_other (others, job, NULL);
      else if (subject != NULL && g_ascii_strcasecmp (subject, job->id) != 0)
        g_ptr_array_add (ended, job);
      else
        wd_job_unref (job);
    }
}

/* Adds those of @ended that their queues tell otherwise of. */
static gboolean
ask_queues (const WdPgRetry *order, GPtrArray *ended, GHashTable *others, gint64 deadline,
            GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  if (!wd_pg_under_way_ask (ended, states, order->look, order->look_data, deadline, cancellable,
                            error))
    return FALSE;
  for (guint i = 0; i < ended->len; i++)
    add_other (others, wd_job_ref (ended->pdata[i]), states->pdata[i]);
  return TRUE;
}

static gboolean
is_done_since (const WdJob *other, const WdJob *job)
{
  return other->completed_at != WD_TIME_NONE
         && (!wd_time_is_finite (job->created_at)
             || other->completed_at > job->created_at - CLOCKS_US);
}

/* What its queue has done is in the way of whatever was made before that. */
static gboolean
is_in_the_way (const Other *other, const WdJob *job)
{
  return g_ascii_strcasecmp (other->job->id, job->id) != 0
         && (other->state == NULL
             || wd_retry_judge (other->state, FALSE, TRUE) != WD_RETRY_COMPLETED
             || wd_retry_compare_newest (other->job, job) < 0
             || is_done_since (other->job, job));
}

static const Other *
find_other (GHashTable *others, const char *key, const WdJob *job)
{
  GPtrArray *found = g_hash_table_lookup (others, key);

  for (guint i = 0; found != NULL && i < found->len; i++)
    if (is_in_the_way (found->pdata[i], job))
      return found->pdata[i];
  return NULL;
}

/* Rows of lost jobs say that they wait. Those of one call are not in each other's way: one of them
 * goes. */
static void
leave_out (GHashTable *others, const WdPgRetryJob *jobs, gsize n_jobs)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer found;

  for (gsize i = 0; i < n_jobs; i++)
    g_hash_table_add (ids, (gpointer) jobs[i].id);
  g_hash_table_iter_init (&iter, others);
  while (g_hash_table_iter_next (&iter, NULL, &found))
    for (guint i = ((GPtrArray *) found)->len; i-- > 0;)
      if (g_hash_table_contains (ids, ((Other *) ((GPtrArray *) found)->pdata[i])->job->id))
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
 *   those that nothing is in the way of, nor was at a preview that said so */
static GHashTable *
choose (const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs, GHashTable *others)
{
  GHashTable *chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_jobs; i++)
    {
      const WdJob *job = jobs[i].guarded;
      g_autofree char *key = job != NULL ? wd_retry_dup_guard_key (job) : NULL;
      const WdPgRetryJob *best = key != NULL ? g_hash_table_lookup (chosen, key) : NULL;

      if (key != NULL && !jobs[i].was_busy && find_other (others, key, job) == NULL
          && (best == NULL || comes_before (order, &jobs[i], best)))
        g_hash_table_insert (chosen, g_steal_pointer (&key), (gpointer) &jobs[i]);
    }
  return chosen;
}

static void
sort_out (WdPgRetryGuard *guard, const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs,
          GHashTable *others)
{
  g_autoptr (GHashTable) chosen = choose (order, jobs, n_jobs, others);

  for (gsize i = 0; i < n_jobs; i++)
    {
      const WdJob *job = jobs[i].guarded;
      g_autofree char *key = job != NULL ? wd_retry_dup_guard_key (job) : NULL;
      const Other *other = key != NULL ? find_other (others, key, job) : NULL;
      const WdPgRetryJob *best = key != NULL ? g_hash_table_lookup (chosen, key) : NULL;

      if (other != NULL)
        {
          g_ptr_array_add (guard->hindered, g_strdup (jobs[i].id));
          g_ptr_array_add (guard->busy, wd_job_ref (other->job));
          g_ptr_array_add (guard->states, g_strdup (other->state));
        }
      else if (key != NULL && jobs[i].was_busy)
        g_ptr_array_add (guard->late, g_strdup (jobs[i].id));
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

/* Returns: (transfer full): the locks, and what is under way */
static GPtrArray *
lock_and_read (WdPgConnection *self, const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs,
               gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) lock = wd_pg_params_new ();
  g_autoptr (WdPgParams) params = make_params (jobs, n_jobs, lock);
  const WdPgStatement statements[] = {
    { WD_PG_WRITE_BY_KEYS, NULL },
    { SQL_LOCK, lock },
    { order->look != NULL && !order->force ? SQL_ALSO_ENDED : SQL_UNDER_WAY, params },
  };

  if (order->runner != NULL)
    return wd_pg_bulk_hold (self, order->runner, &statements[1], 2, deadline, cancellable, error);
  return wd_pg_connection_query_many (self, statements, 3, deadline, cancellable, error);
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
 * Locks the wallets and finds out which are busy, in one round trip, and another one to the queues
 * where there are other jobs that may have ended; none where no job is guarded. Worker.
 */
gboolean
wd_pg_retry_guard_lock (WdPgRetryGuard *guard, WdPgConnection *self, const WdPgRetry *order,
                        const WdPgRetryJob *jobs, gsize n_jobs, gint64 deadline,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GHashTable) others
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                               (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);

  if (!needs_locks (jobs, n_jobs))
    {
      g_array_append_vals (guard->going, jobs, n_jobs);
      return TRUE;
    }
  results = lock_and_read (self, order, jobs, n_jobs, deadline, cancellable, error);
  if (results == NULL)
    return FALSE;
  guard->held = TRUE;
  if (order->force)
    {
      g_array_append_vals (guard->going, jobs, n_jobs);
      return TRUE;
    }
  read_rows (results->pdata[results->len - 1], jobs, n_jobs, others, ended);
  if (order->lost)
    leave_out (others, jobs, n_jobs);
  if (!ask_queues (order, ended, others, deadline, cancellable, error))
    return FALSE;
  sort_out (guard, order, jobs, n_jobs, others);
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
  for (guint i = 0; i < guard->late->len; i++)
    wd_action_result_refuse (result, guard->late->pdata[i], WD_ERROR_DUPLICATE,
                             _("Such a job was made for this wallet since the preview, or has "
                               "ended since"));
  for (guint i = 0; i < guard->busy->len; i++)
    {
      if (guard->states->pdata[i] != NULL)
        wd_pg_under_way_refuse_queued (result, guard->hindered->pdata[i], guard->busy->pdata[i],
                                       guard->states->pdata[i]);
      else
        wd_pg_under_way_refuse (result, guard->hindered->pdata[i], guard->busy->pdata[i]);
      if (conflicts != NULL)
        g_ptr_array_add (conflicts, wd_job_ref (guard->busy->pdata[i]));
    }
}
