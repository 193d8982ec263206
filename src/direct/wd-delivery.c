/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From outbox entries to BullMQ jobs. An entry carries all it takes, so that whoever finds it can
 * deliver it: the queue, the job's name and options as they were when it was promised; the data is
 * the row's. */

#include "direct/wd-delivery.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-json-text.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-add.h"
#include "bullmq/wd-bullmq-priority.h"
#include "bullmq/wd-bullmq-retry.h"
#include "direct/wd-job-birth.h"

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
 * @priority: on the platform's scale, larger is more urgent; 0 for none
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

/* Those of one request are all alike, and are read once. Returns NULL for what cannot be read. */
static JsonObject *
read_options (const WdOutboxEntry *entry, const WdOutboxEntry *before, const Parsed *parsed_before,
              Parsed *parsed)
{
  JsonNode *root;

  if (before != NULL && strcmp (before->options, entry->options) == 0)
    parsed->options = g_object_ref (parsed_before->options);
  else
    {
      parsed->options = json_parser_new_immutable ();
      if (!wd_json_text_is_valid (entry->options)
          || !json_parser_load_from_data (parsed->options, entry->options, -1, NULL))
        return NULL;
    }
  root = json_parser_get_root (parsed->options);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static gboolean
read_entry (const WdOutboxEntry *entry, JsonObject *options, Parsed *parsed, WdBullmqRetry *retry,
            GError **error)
{
  WdBullmqAdd *job = &retry->job;
  WdBullmqBirth birth;

  job->name = options != NULL
                  ? json_object_get_string_member_with_default (options, "name", NULL) : NULL;
  if (job->name == NULL
      || !wd_bullmq_job_id_split (entry->job_id, entry->queue, &parsed->queue, &parsed->id))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                   _("The outbox entry %s cannot be read: another version of this program may have "
                     "written it"), entry->id);
      return FALSE;
    }
  job->outbox_id = entry->id;
  job->id = parsed->id;
  job->data = entry->data != NULL ? entry->data : "{}";
  job->priority
      = wd_bullmq_priority (json_object_get_int_member_with_default (options, "priority", 0));
  job->timestamp_ms = wd_time_is_finite (entry->created_at) ? entry->created_at / 1000
                                                            : wd_time_now () / 1000;
  job->attempts = (int) json_object_get_int_member_with_default (options, "attempts", 1);
  job->backoff_type = json_object_get_string_member_with_default (options, "backoff_type", NULL);
  job->backoff_delay = json_object_get_int_member_with_default (options, "backoff_ms", 0);
  birth = wd_job_birth_of (entry->job_id, job->id, entry->row_created_at);
  retry->made_since_ms = birth.since_ms;
  retry->made_until_ms = birth.until_ms;
  retry->reset = json_object_get_boolean_member_with_default (options, "reset", FALSE);
  retry->readd_allowed = entry->data != NULL
                         && json_object_get_boolean_member_with_default (options, "readd", FALSE);
  return TRUE;
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

/* Sends those of @entries whose places are in @places, all of one queue and operation; puts what
 * was answered into @all. */
static gboolean
send_together (WdRedisConnection *redis, const WdBullmqSite *site, GPtrArray *entries,
               GArray *places, GPtrArray *all, GCancellable *cancellable, GError **error)
{
  const WdOutboxEntry *first = entries->pdata[g_array_index (places, guint, 0)];
  g_autofree Parsed *parsed = g_new0 (Parsed, places->len);
  g_autofree WdBullmqRetry *retries = g_new0 (WdBullmqRetry, places->len);
  g_autofree guint *readable = g_new (guint, places->len);
  const WdOutboxEntry *before = NULL;
  g_autoptr (GPtrArray) results = NULL;
  GError *unreadable = NULL;
  gboolean ok = TRUE;
  gsize n = 0;

  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      const WdOutboxEntry *entry = entries->pdata[place];
      JsonObject *options = read_options (entry, before, &parsed[i > 0 ? i - 1 : 0], &parsed[i]);

      if (read_entry (entry, options, &parsed[i], &retries[n],
                      unreadable == NULL ? &unreadable : NULL))
        readable[n++] = place;
      before = entry;
    }
  if (n > 0)
    ok = call_queue (redis, site, first, retries, n, cancellable, &results, error);
  for (guint i = 0; results != NULL && i < results->len; i++)
    all->pdata[readable[i]] = g_steal_pointer (&results->pdata[i]);
  for (guint i = 0; i < places->len; i++)
    clear_parsed (&parsed[i]);
  if (ok && unreadable != NULL)
    g_propagate_error (error, g_steal_pointer (&unreadable));
  g_clear_error (&unreadable);
  return ok && n == places->len;
}

/* The places of entries[from] and of all later ones of its queue and operation, now marked. */
static GArray *
collect_places (GPtrArray *entries, guint from, gboolean *taken)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = from; i < entries->len; i++)
    if (!taken[i] && goes_together (entries->pdata[from], entries->pdata[i]))
      {
        taken[i] = TRUE;
        g_array_append_val (places, i);
      }
  return places;
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
 * Queues each entry's job, once, however often this is called. A queue that refuses hinders no
 * other. Worker.
 *
 * Returns: (transfer full) (element-type WdBullmqResult): one for each entry, also when @error is
 *   set; %NULL where no answer came, and then it is not known whether it was queued
 */
GPtrArray *
wd_delivery_send (WdRedisConnection *redis, const WdBullmqSite *site, GPtrArray *entries,
                  GCancellable *cancellable, GError **error)
{
  GPtrArray *all = g_ptr_array_new_full (entries->len, free_result);
  g_autofree gboolean *taken = g_new0 (gboolean, entries->len);
  GError *problem = NULL;

  g_ptr_array_set_size (all, (int) entries->len);
  wd_fault_point ("delivery:before-send");
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (GArray) places = NULL;

      if (taken[i])
        continue;
      if (problem != NULL && !wd_redis_connection_is_connected (redis))
        break;
      places = collect_places (entries, i, taken);
      send_together (redis, site, entries, places, all, cancellable,
                     problem == NULL ? &problem : NULL);
    }
  wd_fault_point ("delivery:after-send");
  if (problem != NULL)
    g_propagate_error (error, problem);
  return all;
}
