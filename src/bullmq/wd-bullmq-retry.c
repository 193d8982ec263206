/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-retry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-fault.h"
#include "bullmq/wd-bullmq-add-private.h"
#include "bullmq/wd-bullmq-events.h"

/* Each time all events have to be read up to their end again. */
#define MOST_READS 4

typedef struct {
  WdBullmqBatch batch;
  const WdBullmqRetry *jobs; /* (unowned) */
  GPtrArray *pointers;       /* (owned): to those of jobs that the next step is about */
  GArray *places;            /* (owned) (element-type guint): where their results go */
} Retry;

static void
retry_clear (Retry *self)
{
  g_ptr_array_unref (self->pointers);
  g_array_unref (self->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Retry, retry_clear)

static void
append_job (WdRedisCommand *command, gconstpointer data)
{
  const WdBullmqRetry *retry = data;

  wd_redis_command_add_text (command, retry->job.outbox_id);
  wd_redis_command_add_text (command, retry->job.id);
  wd_redis_command_add_int (command, retry->made_since_ms);
  wd_redis_command_add_int (command, retry->made_until_ms);
}

static void
append_resets (WdRedisCommand *command, gconstpointer *jobs, gsize n_jobs)
{
  g_autofree char *resets = g_malloc (n_jobs);

  for (gsize i = 0; i < n_jobs; i++)
    resets[i] = ((const WdBullmqRetry *) jobs[i])->reset ? '1' : '0';
  wd_redis_command_add_bytes (command, resets, n_jobs);
}

static gsize
size_of_job (gconstpointer data)
{
  return 130;
}

static gboolean
is_missing (const WdBullmqResult *result)
{
  return result != NULL && result->outcome == WD_BULLMQ_REFUSED
         && g_strcmp0 (result->state, "missing") == 0;
}

static void
answer (Retry *self, guint place, const char *state, const char *message)
{
  gpointer *slot = &g_ptr_array_index (self->batch.results, place);
  WdBullmqResult *result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);

  result->state = g_strdup (state);
  result->message = g_strdup (message);
  wd_bullmq_result_free (*slot);
  *slot = result;
}

static void
select_nothing (Retry *self)
{
  g_ptr_array_set_size (self->pointers, 0);
  g_array_set_size (self->places, 0);
}

static void
select_job (Retry *self, gconstpointer pointer, guint place)
{
  g_ptr_array_add (self->pointers, (gpointer) pointer);
  g_array_append_val (self->places, place);
}

static gboolean
run (Retry *self, gboolean *stream_moved, GError **error)
{
  return wd_bullmq_batch_run (&self->batch, (gconstpointer *) self->pointers->pdata,
                              (const guint *) self->places->data, self->pointers->len, stream_moved,
                              error);
}

/* Selects the jobs that are gone and may be added again; returns how many. */
static gsize
select_missing (Retry *self)
{
  select_nothing (self);
  for (guint i = 0; i < self->batch.results->len; i++)
    {
      WdBullmqResult *refusal;

      if (!is_missing (g_ptr_array_index (self->batch.results, i)) || !self->jobs[i].readd_allowed)
        continue;
      refusal = wd_bullmq_add_refuse_invalid (&self->jobs[i].job);
      if (refusal != NULL)
        {
          answer (self, i, "missing", refusal->message);
          wd_bullmq_result_free (refusal);
        }
      else
        select_job (self, &self->jobs[i].job, i);
    }
  return self->pointers->len;
}

/* Refuses those that the stream says were completed, and unselects them. */
static void
refuse_completed (Retry *self, GHashTable *completed)
{
  for (guint i = self->places->len; i-- > 0;)
    {
      guint place = g_array_index (self->places, guint, i);

      if (!g_hash_table_contains (completed, self->jobs[place].job.id))
        continue;
      answer (self, place, "completed", _("BullMQ's events say that this job was completed"));
      g_ptr_array_remove_index (self->pointers, i);
      g_array_remove_index (self->places, i);
    }
}

/* One reading of the events, and one attempt to add what they allow. */
static gboolean
add_again_once (Retry *self, gboolean *stream_moved, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) completed = wd_bullmq_completions_new ();
  g_autofree char *last = NULL;
  gboolean ok;

  *stream_moved = FALSE;
  for (guint i = 0; i < self->places->len; i++)
    g_hash_table_add (wanted, (gpointer) self->jobs[g_array_index (self->places, guint, i)].job.id);
  last = wd_bullmq_events_completed (self->batch.conn, self->batch.queue, wanted, completed,
                                     self->batch.deadline, self->batch.cancellable, error);
  if (last == NULL)
    return FALSE;
  wd_fault_point ("bullmq:events-read");
  refuse_completed (self, completed);
  self->batch.word = last;
  wd_bullmq_add_batch_init (&self->batch);
  ok = run (self, stream_moved, error);
  self->batch.word = NULL;
  return ok;
}

/* Results of the jobs about to be added again are no answers any more. */
static void
forget_results (Retry *self)
{
  for (guint i = 0; i < self->places->len; i++)
    g_clear_pointer (&g_ptr_array_index (self->batch.results,
                                         g_array_index (self->places, guint, i)),
                     wd_bullmq_result_free);
}

/* Those whose result is still to come, after an attempt that the stream's growth stopped. */
static void
keep_unanswered (Retry *self)
{
  for (guint i = self->places->len; i-- > 0;)
    if (g_ptr_array_index (self->batch.results, g_array_index (self->places, guint, i)) != NULL)
      {
        g_ptr_array_remove_index (self->pointers, i);
        g_array_remove_index (self->places, i);
      }
}

static gboolean
add_again (Retry *self, GError **error)
{
  gboolean stream_moved = TRUE;

  forget_results (self);
  for (int i = 0; i < MOST_READS && stream_moved; i++)
    {
      if (!add_again_once (self, &stream_moved, error))
        return FALSE;
      keep_unanswered (self);
    }
  for (guint i = 0; i < self->places->len; i++)
    answer (self, g_array_index (self->places, guint, i), "missing",
            _("The queue's events come too fast to be sure that this job was not completed"));
  for (guint i = 0; i < self->batch.results->len; i++)
    {
      WdBullmqResult *result = g_ptr_array_index (self->batch.results, i);

      if (result != NULL && result->outcome == WD_BULLMQ_EXISTS)
        answer (self, i, "unknown", _("A job of this id was added by somebody else meanwhile"));
    }
  return TRUE;
}

/**
 * wd_bullmq_retry:
 * @conn: connected; a connection made anew since @site was read is not used
 * @queue: where the jobs are
 * @site: which Redis it is meant for
 * @jobs: (array length=n_jobs): what to retry
 * @n_jobs: how many
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @results: (out) (transfer full) (element-type WdBullmqResult): as wd_bullmq_add()
 * @error: as wd_bullmq_add()
 *
 * Puts failed jobs back into their queue, each at most once for its outbox id. A job in another
 * state is refused, its state and due time in the result; so is one that BullMQ no longer holds,
 * unless it may be added again. In a worker thread.
 *
 * Returns: whether there is a result for every job
 */
gboolean
wd_bullmq_retry (WdRedisConnection *conn, const WdBullmqQueue *queue, const WdBullmqSite *site,
                 const WdBullmqRetry *jobs, gsize n_jobs, gint64 deadline,
                 GCancellable *cancellable, GPtrArray **results, GError **error)
{
  g_auto (Retry) self = {
    .batch = { conn, queue, site, WD_BULLMQ_SCRIPT_RETRY, NULL, append_resets, append_job,
               size_of_job, "bullmq:retry-slice", deadline, cancellable },
    .jobs = jobs,
    .pointers = g_ptr_array_new (),
    .places = g_array_new (FALSE, FALSE, sizeof (guint)),
  };

  g_return_val_if_fail (conn != NULL && site != NULL && site->id != NULL, FALSE);
  g_return_val_if_fail (results != NULL, FALSE);

  *results = NULL;
  if (!wd_bullmq_queue_check (queue, error))
    return FALSE;
  *results = self.batch.results = wd_bullmq_results_new (n_jobs);
  for (guint i = 0; i < n_jobs; i++)
    {
      if (jobs[i].job.id != NULL && *jobs[i].job.id != '\0')
        select_job (&self, &jobs[i], i);
      else
        answer (&self, i, "missing", _("The row does not say which job it is in BullMQ"));
    }
  return run (&self, NULL, error) && (select_missing (&self) == 0 || add_again (&self, error));
}
