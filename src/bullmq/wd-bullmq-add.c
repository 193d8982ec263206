/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-add.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/wd-json-text.h"
#include "base/wd-json-writer.h"
#include "bullmq/wd-bullmq-add-private.h"

#define MOST_PRIORITY 2097151

/* What BullMQ's workers read of a job's options. */
static char *
options_of (const WdBullmqAdd *job)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_json_writer_int_member (writer, "attempts", job->attempts);
  if (job->backoff_type != NULL)
    {
      wd_json_writer_name (writer, "backoff");
      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, "type", job->backoff_type);
      wd_json_writer_int_member (writer, "delay", job->backoff_delay);
      wd_json_writer_end_object (writer);
    }
  if (job->delay_ms > 0)
    wd_json_writer_int_member (writer, "delay", job->delay_ms);
  if (job->priority > 0)
    wd_json_writer_int_member (writer, "priority", job->priority);
  wd_json_writer_string_member (writer, "jobId", job->id);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (g_steal_pointer (&writer));
}

static void
append_job (WdRedisCommand *command, gconstpointer data)
{
  const WdBullmqAdd *job = data;
  g_autofree char *options = options_of (job);

  wd_redis_command_add_text (command, job->outbox_id);
  wd_redis_command_add_text (command, job->id);
  wd_redis_command_add_text (command, job->name);
  wd_redis_command_add_text (command, job->data);
  wd_redis_command_add_text (command, options);
  wd_redis_command_add_int (command, job->timestamp_ms);
  wd_redis_command_add_int (command, job->delay_ms);
  wd_redis_command_add_int (command, job->priority);
}

static gsize
size_of_job (gconstpointer data)
{
  const WdBullmqAdd *job = data;

  return strlen (job->data) + strlen (job->id) + 300;
}

/* A worker that cannot parse the data takes the job and never gives it back. */
static gboolean
is_json_object (const char *text)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;

  if (text == NULL || !wd_json_text_is_valid (text))
    return FALSE;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return FALSE;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root);
}

static const char *
problem_of (const WdBullmqAdd *job)
{
  if (!wd_bullmq_job_id_is_valid (job->id))
    return _("This cannot be the id of a BullMQ job");
  if (!is_json_object (job->data))
    return _("The data of a job must be a JSON object");
  if (job->priority < 0 || job->priority > MOST_PRIORITY)
    return _("The priority is out of BullMQ's range");
  if (job->delay_ms < 0 || job->timestamp_ms < 0 || job->attempts < 1 || job->backoff_delay < 0)
    return _("A time or number of the job is negative");
  return NULL;
}

/**
 * wd_bullmq_add_refuse_invalid:
 * @job: to be added
 *
 * Returns: (transfer full) (nullable): why it cannot be
 */
WdBullmqResult *
wd_bullmq_add_refuse_invalid (const WdBullmqAdd *job)
{
  const char *problem = problem_of (job);
  WdBullmqResult *result;

  if (problem == NULL)
    return NULL;
  result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);
  result->message = g_strdup (problem);
  return result;
}

/**
 * wd_bullmq_add_batch_init:
 * @batch: gets what adding needs
 */
void
wd_bullmq_add_batch_init (WdBullmqBatch *batch)
{
  batch->script = WD_BULLMQ_SCRIPT_ADD;
  batch->prepare = NULL;
  batch->append = append_job;
  batch->size = size_of_job;
  batch->fault_point = "bullmq:add-slice";
  if (batch->word == NULL)
    batch->word = "";
}

/**
 * wd_bullmq_results_new:
 * @n: how many
 *
 * Returns: (transfer full) (element-type WdBullmqResult): places for @n results, all %NULL
 */
GPtrArray *
wd_bullmq_results_new (gsize n)
{
  GPtrArray *results =
    g_ptr_array_new_full ((guint) n, (GDestroyNotify) wd_bullmq_result_free);

  g_ptr_array_set_size (results, (int) n);
  return results;
}

/**
 * wd_bullmq_add:
 * @conn: connected; a connection made anew since @site was read is not used
 * @queue: where to
 * @site: which Redis it is meant for
 * @jobs: (array length=n_jobs): what to queue
 * @n_jobs: how many
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @results: (out) (transfer full) (element-type WdBullmqResult): one for each job in order, also
 *   on an error; %NULL for one whose outcome is not known or that was never sent
 * @error: %WD_ERROR_UNKNOWN_OUTCOME when jobs were sent and no answer came; what else
 *   wd_redis_connection_call() says: then those without a result were not queued
 *
 * Queues jobs, each at most once however often this is called with its outbox id: job and receipt
 * are written in one step. In a worker thread.
 *
 * Returns: whether there is a result for every job
 */
gboolean
wd_bullmq_add (WdRedisConnection *conn, const WdBullmqQueue *queue, const WdBullmqSite *site,
               const WdBullmqAdd *jobs, gsize n_jobs, gint64 deadline, GCancellable *cancellable,
               GPtrArray **results, GError **error)
{
  WdBullmqBatch batch = { conn, queue, site, .deadline = deadline, .cancellable = cancellable };
  g_autoptr (GPtrArray) pointers = g_ptr_array_new ();
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (conn != NULL && site != NULL && site->id != NULL, FALSE);
  g_return_val_if_fail (results != NULL, FALSE);

  *results = NULL;
  if (!wd_bullmq_queue_check (queue, error))
    return FALSE;
  *results = batch.results = wd_bullmq_results_new (n_jobs);
  for (guint i = 0; i < n_jobs; i++)
    {
      WdBullmqResult *refusal = wd_bullmq_add_refuse_invalid (&jobs[i]);

      g_ptr_array_index (batch.results, i) = refusal;
      if (refusal != NULL)
        continue;
      g_ptr_array_add (pointers, (gpointer) &jobs[i]);
      g_array_append_val (places, i);
    }
  wd_bullmq_add_batch_init (&batch);
  return wd_bullmq_batch_run (&batch, (gconstpointer *) pointers->pdata,
                              (const guint *) places->data, pointers->len, NULL, error);
}
