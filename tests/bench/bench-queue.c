/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets the benchmarks drive the backend and the queue library without the start of a process in
 * their figures: each line of standard input is a JSON object that names an operation, each line
 * of standard output its answer with the milliseconds it took. */

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-result.h"
#include "bullmq/wd-bullmq-retry.h"
#include "direct/wd-direct-backend.h"

#define DEADLINE_MS (120 * 1000)

typedef struct {
  WdBackend *backend;
  GAsyncResult *result; /* (owned) (nullable) of the call that has just been answered */
  JsonObject *request;
  WdJsonWriter *out;
} Bench;

static const char *
text (Bench *self, const char *name, const char *absent)
{
  return json_object_get_string_member_with_default (self->request, name, absent);
}

static char **
texts (Bench *self, const char *name)
{
  JsonArray *list = json_object_get_array_member (self->request, name);
  guint n = list != NULL ? json_array_get_length (list) : 0;
  char **strings = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    strings[i] = g_strdup (json_array_get_string_element (list, i));
  return strings;
}

static void
write_time (Bench *self, gint64 since)
{
  g_autofree char *ms = g_strdup_printf ("%.3f", (g_get_monotonic_time () - since) / 1000.0);

  wd_json_writer_name (self->out, "ms");
  wd_json_writer_raw (self->out, ms);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Bench *) data)->result = g_object_ref (result);
}

static void
wait_for_answer (Bench *self)
{
  g_clear_object (&self->result);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
write_action (Bench *self, WdActionResult *result, gint64 since)
{
  guint delivered = 0;

  if (result == NULL)
    return FALSE;
  write_time (self, since);
  for (guint i = 0; i < result->done->len; i++)
    delivered += ((WdJobOutcome *) result->done->pdata[i])->delivered;
  wd_json_writer_int_member (self->out, "delivered", delivered);
  wd_json_writer_string_member (self->out, "message", result->message);
  wd_action_result_unref (result);
  return TRUE;
}

static gboolean
do_dispatch (Bench *self, GError **error)
{
  g_autoptr (WdDispatchRequest) request
      = wd_dispatch_request_new (text (self, "type", "gas-topup"));
  gint64 since;

  request->wallets = texts (self, "wallets");
  since = g_get_monotonic_time ();
  wd_backend_dispatch_async (self->backend, request, NULL, answered_cb, self);
  wait_for_answer (self);
  return write_action (self, wd_backend_dispatch_finish (self->backend, self->result, error),
                       since);
}

static gboolean
do_retry (Bench *self, GError **error)
{
  g_autoptr (WdRetryRequest) request = wd_retry_request_new ();
  gint64 since;

  request->ids = texts (self, "ids");
  if (*request->ids == NULL)
    {
      g_clear_pointer (&request->ids, g_strfreev);
      request->all_failed = wd_job_filter_new ();
    }
  since = g_get_monotonic_time ();
  wd_backend_retry_async (self->backend, request, NULL, answered_cb, self);
  wait_for_answer (self);
  return write_action (self, wd_backend_retry_finish (self->backend, self->result, error), since);
}

static gboolean
do_stats (Bench *self, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 since = g_get_monotonic_time ();
  g_autoptr (WdStats) stats = NULL;

  wd_backend_load_stats_async (self->backend, utc, NULL, answered_cb, self);
  wait_for_answer (self);
  stats = wd_backend_load_stats_finish (self->backend, self->result, error);
  if (stats == NULL)
    return FALSE;
  write_time (self, since);
  wd_json_writer_string_member (self->out, "queue_error", stats->queue_error);
  return TRUE;
}

static gboolean
do_history (Bench *self, GError **error)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  g_autoptr (WdHistory) history = NULL;
  gint64 since = g_get_monotonic_time ();

  request->zone = g_time_zone_new_identifier (text (self, "zone", "UTC"));
  if (!wd_history_range_parse (text (self, "range", "30d"), &request->range, error))
    return FALSE;
  wd_backend_load_history_async (self->backend, request, NULL, answered_cb, self);
  wait_for_answer (self);
  history = wd_backend_load_history_finish (self->backend, self->result, error);
  if (history == NULL)
    return FALSE;
  write_time (self, since);
  return TRUE;
}

static gboolean
write_results (Bench *self, GPtrArray *results)
{
  guint done = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const WdBullmqResult *result = results->pdata[i];

      done += result != NULL && wd_bullmq_outcome_is_done (result->outcome);
    }
  wd_json_writer_int_member (self->out, "delivered", done);
  return TRUE;
}

/* The queue's part of a retry alone: no rows, no outbox. */
static gboolean
do_retry_queue (Bench *self, GError **error)
{
  WdBullmqQueue queue = { (char *) "bull", (char *) text (self, "queue", "gas-topup") };
  g_auto (GStrv) ids = texts (self, "ids");
  gsize n = g_strv_length (ids);
  g_autofree WdBullmqRetry *jobs = g_new0 (WdBullmqRetry, n);
  g_auto (GStrv) outbox_ids = g_new0 (char *, n + 1);
  gint64 deadline = wd_deadline_in (DEADLINE_MS);
  WdRedisAddress *address = wd_redis_address_parse (g_getenv ("REDIS_URL"), error);
  g_autoptr (WdRedisConnection) redis = NULL;
  g_autoptr (WdBullmqSite) site = NULL;
  g_autoptr (GPtrArray) results = NULL;
  gint64 since;

  if (address == NULL)
    return FALSE;
  redis = wd_redis_connection_new (address, NULL, NULL, "worker-dashboard");
  if (!wd_redis_connection_ensure (redis, deadline, NULL, error))
    return FALSE;
  site = wd_bullmq_site_read (redis, queue.prefix, TRUE, deadline, NULL, error);
  if (site == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      outbox_ids[i] = g_uuid_string_random ();
      jobs[i].job = (WdBullmqAdd) { .outbox_id = outbox_ids[i], .id = ids[i] };
    }
  since = g_get_monotonic_time ();
  if (!wd_bullmq_retry (redis, &queue, site, jobs, n, deadline, NULL, &results, error))
    return FALSE;
  write_time (self, since);
  return write_results (self, results);
}

static void
carry_out (Bench *self)
{
  static const struct {
    const char *name;
    gboolean (*run) (Bench *self, GError **error);
  } operations[] = {
    { "dispatch", do_dispatch },
    { "retry", do_retry },
    { "retry-queue", do_retry_queue },
    { "history", do_history },
    { "stats", do_stats },
  };
  const char *name = text (self, "op", "");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (strcmp (operations[i].name, name) != 0)
        continue;
      if (!operations[i].run (self, &error))
        wd_json_writer_string_member (self->out, "error", error->message);
      return;
    }
  wd_json_writer_string_member (self->out, "error", "no such operation");
}

int
main (void)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("Benchmark");
  g_autoptr (WdBackend) backend = NULL;
  g_autofree char *line = NULL;
  size_t size = 0;

  profile->database_url = g_strdup (g_getenv ("DATABASE_URL"));
  profile->redis_url = g_strdup (g_getenv ("REDIS_URL"));
  backend = wd_direct_backend_new (profile);
  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      Bench bench = { .backend = backend };
      g_autofree char *answer = NULL;

      if (!json_parser_load_from_data (parser, line, -1, NULL))
        return 2;
      bench.request = json_node_get_object (json_parser_get_root (parser));
      bench.out = wd_json_writer_new ();
      wd_json_writer_begin_object (bench.out);
      carry_out (&bench);
      wd_json_writer_end_object (bench.out);
      answer = wd_json_writer_finish (bench.out);
      g_clear_object (&bench.result);
      puts (answer);
      fflush (stdout);
    }
  return 0;
}
