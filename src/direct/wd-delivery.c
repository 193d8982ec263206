/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From outbox entries to BullMQ jobs. An entry carries all it takes, so that whoever finds it can
 * deliver it: the queue, the job's name and options as they were when it was promised; the data is
 * the row's. */

#include "direct/wd-delivery.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/wd-fault.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-add.h"
#include "bullmq/wd-bullmq-priority.h"
#include "bullmq/wd-bullmq-retry.h"

/* What an entry's options and job id spell out, kept alive while its WdBullmqRetry borrows it. */
typedef struct {
  JsonParser *options;  /* (owned) */
  char *queue;          /* (owned) */
  char *id;             /* (owned) */
} Parsed;

static void
clear_parsed (Parsed *parsed)
{
  g_clear_object (&parsed->options);
  g_free (parsed->queue);
  g_free (parsed->id);
}

/**
 * wd_delivery_make_options:
 * @mapping: how the job type is queued
 * @priority: the seed's scale; 0 for none
 * @reset: retry only: with the full number of attempts
 * @readd_allowed: retry only: the job may be added again where the queue has no record of it
 *
 * Returns: (transfer full): what `outbox.options` holds
 */
char *
wd_delivery_make_options (const WdQueueMapping *mapping, int priority, gboolean reset,
                          gboolean readd_allowed)
{
  WdJsonWriter *json = wd_json_writer_new ();

  wd_json_writer_begin_object (json);
  wd_json_writer_string_member (json, "name", mapping->bullmq_name);
  wd_json_writer_int_member (json, "attempts", mapping->attempts);
  wd_json_writer_string_member (json, "backoff_type", mapping->backoff_type);
  wd_json_writer_int_member (json, "backoff_ms", mapping->backoff_ms);
  wd_json_writer_int_member (json, "priority", priority);
  wd_json_writer_boolean_member (json, "reset", reset);
  wd_json_writer_boolean_member (json, "readd", readd_allowed);
  wd_json_writer_end_object (json);
  return wd_json_writer_finish (json);
}

/* Those of one request are all alike, and are read once. */
static gboolean
read_options (GPtrArray *entries, guint index, Parsed *parsed, gsize i, GError **error)
{
  const WdOutboxEntry *entry = entries->pdata[index];

  if (i > 0 && strcmp (((WdOutboxEntry *) entries->pdata[index - 1])->options, entry->options) == 0)
    {
      parsed[i].options = g_object_ref (parsed[i - 1].options);
      return TRUE;
    }
  parsed[i].options = json_parser_new_immutable ();
  return json_parser_load_from_data (parsed[i].options, entry->options, -1, error);
}

static void
read_entry (const WdOutboxEntry *entry, Parsed *parsed, WdBullmqRetry *retry)
{
  WdBullmqAdd *job = &retry->job;
  JsonObject *options = json_node_get_object (json_parser_get_root (parsed->options));

  wd_bullmq_job_id_split (entry->job_id, entry->queue, &parsed->queue, &parsed->id);

  job->outbox_id = entry->id;
  job->id = parsed->id;
  job->name = json_object_get_string_member (options, "name");
  job->data = entry->data != NULL ? entry->data : "{}";
  job->priority = wd_bullmq_priority (json_object_get_int_member (options, "priority"));
  job->timestamp_ms = wd_time_is_finite (entry->created_at) ? entry->created_at / 1000
                                                            : wd_time_now () / 1000;
  job->attempts = (int) json_object_get_int_member (options, "attempts");
  job->backoff_type = json_object_get_string_member_with_default (options, "backoff_type", NULL);
  job->backoff_delay = json_object_get_int_member (options, "backoff_ms");
  retry->reset = json_object_get_boolean_member (options, "reset");
  retry->readd_allowed = json_object_get_boolean_member (options, "readd");
}

static gboolean
goes_together (const WdOutboxEntry *a, const WdOutboxEntry *b)
{
  return strcmp (a->queue, b->queue) == 0 && strcmp (a->prefix, b->prefix) == 0
         && strcmp (a->operation, b->operation) == 0;
}

static gboolean
call_queue (WdRedisConnection *redis, const WdBullmqSite *site, const WdOutboxEntry *first,
            const WdBullmqRetry *retries, gsize n, GCancellable *cancellable, GPtrArray **results,
            GError **error)
{
  WdBullmqQueue queue = { first->prefix, first->queue };
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);
  g_autofree WdBullmqAdd *adds = NULL;

  if (strcmp (first->operation, "retry") == 0)
    return wd_bullmq_retry (redis, &queue, site, retries, n, deadline, cancellable, results, error);

  adds = g_new (WdBullmqAdd, n);
  for (gsize i = 0; i < n; i++)
    adds[i] = retries[i].job;
  return wd_bullmq_add (redis, &queue, site, adds, n, deadline, cancellable, results, error);
}

/* Sends entries[from..to) of one queue and operation; puts what was answered into @all. */
static gboolean
send_run (WdRedisConnection *redis, const WdBullmqSite *site, GPtrArray *entries, guint from,
          guint to, GPtrArray *all, GCancellable *cancellable, GError **error)
{
  gsize n = to - from;
  g_autofree Parsed *parsed = g_new0 (Parsed, n);
  g_autofree WdBullmqRetry *retries = g_new0 (WdBullmqRetry, n);
  g_autoptr (GPtrArray) results = NULL;
  gboolean ok = TRUE;

  for (gsize i = 0; ok && i < n; i++)
    {
      ok = read_options (entries, from + (guint) i, parsed, i, error);
      if (ok)
        read_entry (entries->pdata[from + i], &parsed[i], &retries[i]);
    }
  ok = ok
       && call_queue (redis, site, entries->pdata[from], retries, n, cancellable, &results, error);
  for (guint i = 0; results != NULL && i < results->len; i++)
    all->pdata[from + i] = g_steal_pointer (&results->pdata[i]);
  for (gsize i = 0; i < n; i++)
    clear_parsed (&parsed[i]);
  return ok;
}

static void
free_result (gpointer result)
{
  if (result != NULL)
    wd_bullmq_result_free (result);
}

/**
 * wd_delivery_send:
 * @redis: a connection
 * @site: which Redis that is
 * @entries: (element-type WdOutboxEntry): what to queue
 * @cancellable: (nullable): a cancellable
 * @error: set when not all were answered
 *
 * Queues each entry's job, once, however often this is called. Worker.
 *
 * Returns: (transfer full) (element-type WdBullmqResult): one for each entry, also when @error is
 *   set; %NULL where no answer came, and then it is not known whether it was queued
 */
GPtrArray *
wd_delivery_send (WdRedisConnection *redis, const WdBullmqSite *site, GPtrArray *entries,
                  GCancellable *cancellable, GError **error)
{
  GPtrArray *all = g_ptr_array_new_full (entries->len, free_result);
  gboolean ok = TRUE;

  g_ptr_array_set_size (all, (int) entries->len);
  wd_fault_point ("delivery:before-send");
  for (guint from = 0, to; ok && from < entries->len; from = to)
    {
      for (to = from + 1; to < entries->len
                          && goes_together (entries->pdata[from], entries->pdata[to]);)
        to++;
      ok = send_run (redis, site, entries, from, to, all, cancellable, error);
    }
  wd_fault_point ("delivery:after-send");
  return all;
}
