/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets the tests in Python drive the queue library: each line of standard input is a JSON object
 * that names an operation, each line of standard output its answer. */

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "bullmq/wd-bullmq-discover.h"
#include "bullmq/wd-bullmq-edit.h"
#include "bullmq/wd-bullmq-job.h"
#include "bullmq/wd-bullmq-pause.h"
#include "bullmq/wd-bullmq-receipt.h"
#include "bullmq/wd-bullmq-retry.h"
#include "job-tool.h"
#include "streams-tool.h"

typedef struct {
  WdRedisConnection *conn;
  JsonObject *request;
  WdBullmqQueue queue;
  WdJsonWriter *out;
  gint64 deadline;
} Call;

static const char *
text (JsonObject *object, const char *name, const char *absent)
{
  return json_object_get_string_member_with_default (object, name, absent);
}

static gint64
number (JsonObject *object, const char *name, gint64 absent)
{
  return json_object_get_int_member_with_default (object, name, absent);
}

static WdBullmqAdd
read_job (JsonObject *job)
{
  return (WdBullmqAdd) {
    .outbox_id = text (job, "outbox_id", "none"),
    .id = text (job, "id", ""),
    .name = text (job, "name", "work"),
    .data = text (job, "data", "{}"),
    .priority = (int) number (job, "priority", 0),
    .delay_ms = number (job, "delay", 0),
    .timestamp_ms = number (job, "timestamp", g_get_real_time () / 1000),
    .attempts = (int) number (job, "attempts", 1),
    .backoff_type = text (job, "backoff", NULL),
    .backoff_delay = number (job, "backoff_delay", 0),
  };
}

static const char *
outcome_word (WdBullmqOutcome outcome)
{
  static const char *const names[] = {
    "done", "warned", "already", "discarded", "exists", "refused", "site-changed",
  };

  return names[outcome];
}

static void
write_results (Call *call, GPtrArray *results)
{
  wd_json_writer_name (call->out, "results");
  wd_json_writer_begin_array (call->out);
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const WdBullmqResult *result = g_ptr_array_index (results, i);

      wd_json_writer_begin_object (call->out);
      if (result != NULL)
        {
          wd_json_writer_string_member (call->out, "outcome", outcome_word (result->outcome));
          wd_json_writer_string_member (call->out, "state", result->state);
          wd_json_writer_string_member (call->out, "message", result->message);
          wd_json_writer_int_member (call->out, "due", result->due);
        }
      wd_json_writer_end_object (call->out);
    }
  wd_json_writer_end_array (call->out);
}

/* The site may be given, to play an older one, or the last one kept, to write without reading
 * it. */
static WdBullmqSite *
read_site (Call *call, GError **error)
{
  static WdBullmqSite kept;
  const char *given = text (call->request, "site", NULL);
  WdBullmqSite *site;

  if (number (call->request, "keep", 0) != 0)
    {
      site = g_new0 (WdBullmqSite, 1);
      site->id = g_strdup (kept.id);
      site->serial = kept.serial;
      return site;
    }
  site = wd_bullmq_site_read (call->conn, call->queue.prefix,
                              number (call->request, "create", 1) != 0, call->deadline, NULL,
                              error);
  if (site == NULL)
    return NULL;
  g_free (kept.id);
  kept.id = g_strdup (site->id);
  kept.serial = site->serial;
  if (given != NULL)
    {
      g_free (site->id);
      site->id = g_strdup (given);
    }
  return site;
}

static gboolean
do_site (Call *call, GError **error)
{
  g_autoptr (WdBullmqSite) site = read_site (call, error);

  if (site == NULL)
    return FALSE;
  wd_json_writer_string_member (call->out, "site", site->id);
  wd_json_writer_string_member (call->out, "identity", site->identity);
  return TRUE;
}

static gboolean
do_jobs (Call *call, gboolean retry, GError **error)
{
  JsonArray *list = json_object_get_array_member (call->request, "jobs");
  gsize n = json_array_get_length (list);
  g_autofree WdBullmqAdd *adds = g_new0 (WdBullmqAdd, n);
  g_autofree WdBullmqRetry *retries = g_new0 (WdBullmqRetry, n);
  g_autoptr (WdBullmqSite) site = read_site (call, error);
  g_autoptr (GPtrArray) results = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean ok;

  if (site == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *job = json_array_get_object_element (list, i);

      adds[i] = read_job (job);
      retries[i] = (WdBullmqRetry) { adds[i], number (job, "reset", 0) != 0,
                                     number (job, "readd", 0) != 0,
                                     number (job, "made_since", 0), number (job, "made_until", 0) };
    }
  if (retry)
    ok = wd_bullmq_retry (call->conn, &call->queue, site, retries, n, call->deadline, NULL,
                          &results, error);
  else
    ok = wd_bullmq_add (call->conn, &call->queue, site, adds, n, call->deadline, NULL, &results,
                        error);
  wd_json_writer_int_member (call->out, "microseconds", g_get_monotonic_time () - start);
  write_results (call, results);
  return ok;
}

/* With a state the jobs are removed, else promoted. */
static gboolean
do_edit (Call *call, GError **error)
{
  JsonArray *list = json_object_get_array_member (call->request, "ids");
  const char *state = text (call->request, "state", NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autoptr (WdBullmqSite) site = read_site (call, error);
  g_autoptr (GPtrArray) results = NULL;
  gboolean ok;

  if (site == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_strv_builder_add (builder, json_array_get_string_element (list, i));
  ids = g_strv_builder_end (builder);
  if (state != NULL)
    ok = wd_bullmq_evict (call->conn, &call->queue, site, state, (const char *const *) ids,
                          call->deadline, NULL, &results, error);
  else
    ok = wd_bullmq_promote (call->conn, &call->queue, site, (const char *const *) ids,
                            call->deadline, NULL, &results, error);
  write_results (call, results);
  return ok;
}

static gboolean
do_receipts (Call *call, GError **error)
{
  static const char *const names[] = { "none", "sent", "discarded" };
  const char *id = text (call->request, "outbox_id", "");
  g_autoptr (GArray) found = wd_bullmq_receipts (call->conn, &call->queue, &id, 1, call->deadline,
                                                 NULL, error);

  if (found == NULL)
    return FALSE;
  wd_json_writer_string_member (call->out, "receipt",
                                names[g_array_index (found, WdBullmqReceipt, 0)]);
  return TRUE;
}

static gboolean
do_discard (Call *call, GError **error)
{
  const char *sign = text (call->request, "sign", "receipt");
  WdBullmqDiscard entry = { text (call->request, "outbox_id", ""), text (call->request, "id", ""),
                            strcmp (sign, "there") == 0       ? WD_BULLMQ_SIGN_THERE
                            : strcmp (sign, "under-way") == 0 ? WD_BULLMQ_SIGN_UNDER_WAY
                                                              : WD_BULLMQ_SIGN_RECEIPT };
  WdBullmqReceipt found;

  if (!wd_bullmq_discard (call->conn, &call->queue, &entry, 1, call->deadline, NULL, &found, error))
    return FALSE;
  wd_json_writer_boolean_member (call->out, "sent", found == WD_BULLMQ_RECEIPT_SENT);
  return TRUE;
}

static gboolean
do_pause (Call *call, gboolean paused, GError **error)
{
  g_autofree char *warning = NULL;

  if (!wd_bullmq_set_paused (call->conn, &call->queue, paused, call->deadline, NULL, &warning,
                             error))
    return FALSE;
  wd_json_writer_string_member (call->out, "warning", warning);
  return TRUE;
}

static gboolean
do_counts (Call *call, GError **error)
{
  g_autoptr (GPtrArray) all = wd_bullmq_counts (call->conn, &call->queue, 1, call->deadline, NULL,
                                                error);
  const WdQueueCounts *counts;

  if (all == NULL)
    return FALSE;
  counts = g_ptr_array_index (all, 0);
  wd_json_writer_int_member (call->out, "waiting", counts->waiting);
  wd_json_writer_int_member (call->out, "prioritized", counts->prioritized);
  wd_json_writer_int_member (call->out, "delayed", counts->delayed);
  wd_json_writer_int_member (call->out, "active", counts->active);
  wd_json_writer_int_member (call->out, "completed", counts->completed);
  wd_json_writer_int_member (call->out, "failed", counts->failed);
  wd_json_writer_int_member (call->out, "workers", counts->workers);
  wd_json_writer_int_member (call->out, "lost_locks", counts->lost_locks);
  wd_json_writer_int_member (call->out, "overdue", counts->overdue);
  if (counts->oldest_waiting != WD_TIME_NONE)
    wd_json_writer_int_member (call->out, "oldest", counts->oldest_waiting / 1000);
  wd_json_writer_boolean_member (call->out, "paused", counts->paused);
  wd_json_writer_string_member (call->out, "version", counts->version);
  wd_json_writer_string_member (call->out, "layout", counts->layout);
  wd_json_writer_string_member (call->out, "warning", counts->warning);
  return TRUE;
}

static gboolean
do_job (Call *call, GError **error)
{
  const char *id = text (call->request, "id", "");
  g_autoptr (WdQueueJob) job = wd_bullmq_job (call->conn, &call->queue, id, call->deadline, NULL,
                                              error);

  if (job == NULL)
    return FALSE;
  job_tool_write (job, call->out);
  return TRUE;
}

static gboolean
do_states (Call *call, GError **error)
{
  const char *id = text (call->request, "id", "");
  g_autoptr (GPtrArray) states = wd_bullmq_states (call->conn, &call->queue, &id, NULL, 1,
                                                   call->deadline, NULL, error);

  if (states == NULL)
    return FALSE;
  wd_json_writer_string_member (call->out, "state", g_ptr_array_index (states, 0));
  return TRUE;
}

static gboolean
do_discover (Call *call, GError **error)
{
  const char *prefix = text (call->request, "prefix", NULL);
  g_autoptr (GPtrArray) queues = wd_bullmq_discover (call->conn, prefix, call->deadline, NULL,
                                                     error);

  if (queues == NULL)
    return FALSE;
  wd_json_writer_name (call->out, "queues");
  wd_json_writer_begin_array (call->out);
  for (guint i = 0; i < queues->len; i++)
    {
      const WdBullmqQueue *queue = g_ptr_array_index (queues, i);
      g_autofree char *both = g_strjoin (" ", queue->prefix, queue->name, NULL);

      wd_json_writer_string (call->out, both);
    }
  wd_json_writer_end_array (call->out);
  return TRUE;
}

static gboolean
do_operation (Call *call, const char *operation, GError **error)
{
  static const struct {
    const char *name;
    gboolean (*func) (Call *call, GError **error);
  } others[] = {
    { "site", do_site }, { "receipt", do_receipts }, { "discard", do_discard }, { "job", do_job },
    { "counts", do_counts }, { "state", do_states }, { "discover", do_discover },
    { "edit", do_edit },
  };

  if (strcmp (operation, "add") == 0 || strcmp (operation, "retry") == 0)
    return do_jobs (call, *operation == 'r', error);
  if (strcmp (operation, "pause") == 0 || strcmp (operation, "resume") == 0)
    return do_pause (call, *operation == 'p', error);
  if (strcmp (operation, "catch_up") == 0 || strcmp (operation, "read") == 0)
    return streams_tool_do (call->conn, &call->queue, strcmp (operation, "read") == 0,
                            number (call->request, "anew", 0) != 0, call->out, error);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (operation, others[i].name) == 0)
      return others[i].func (call, error);
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, "no operation “%s”", operation);
  return FALSE;
}

static char *
answer (WdRedisConnection *conn, const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  Call call = { conn, .out = wd_json_writer_new () };

  if (!json_parser_load_from_data (parser, line, -1, &error))
    g_error ("Bad request: %s", error->message);
  call.request = json_node_get_object (json_parser_get_root (parser));
  call.queue.prefix = (char *) text (call.request, "prefix", "bull");
  call.queue.name = (char *) text (call.request, "queue", "jobs");
  call.deadline = wd_deadline_in ((guint) number (call.request, "timeout", 20000));
  wd_json_writer_begin_object (call.out);
  if (!do_operation (&call, text (call.request, "op", ""), &error))
    {
      wd_json_writer_string_member (call.out, "error", error->message);
      wd_json_writer_string_member (call.out, "code",
                                    error->domain == WD_ERROR ? wd_error_code_name (error->code)
                                                              : g_quark_to_string (error->domain));
    }
  wd_json_writer_end_object (call.out);
  return wd_json_writer_finish (call.out);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  WdRedisAddress *address = wd_redis_address_parse (g_getenv ("REDIS_URL"), &error);
  g_autoptr (WdRedisConnection) conn = NULL;
  g_autofree char *line = NULL;
  size_t size = 0;

  if (address == NULL)
    g_error ("REDIS_URL: %s", error->message);
  conn = wd_redis_connection_new (address, NULL, NULL, "bullmq-tool");
  while (getline (&line, &size, stdin) > 0)
    {
      g_autofree char *reply = answer (conn, line);

      printf ("%s\n", reply);
      fflush (stdout);
    }
  return 0;
}
