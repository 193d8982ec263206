/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Queues as the service shows them: what `wdctl queues list` tells, and what a window shows beside
 * it. From where the workers connect stays with whoever may ask Redis. */

#include "wire/wd-wire-rest-queue.h"

#include "base/wd-error.h"
#include "wire/wd-wire-body.h"
#include "wire/wd-wire-queue-limits.h"
#include "wire/wd-wire-queue.h"
#include "wire/wd-wire-read.h"
#include "wire/wd-wire-value.h"

#define QUEUES_MAX  1000
#define WORKERS_MAX 1000
#define ORDER_DEPTH 4

static const WdWireField texts[] = {
  { "queue", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdQueueCounts, queue) },
  { "version", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdQueueCounts, version) },
  { "layout", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdQueueCounts, layout) },
  { "warning", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdQueueCounts, warning) },
  { "rate_doubt", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdQueueCounts, rate_doubt) },
  { "oldest_waiting", WD_WIRE_TIME, G_STRUCT_OFFSET (WdQueueCounts, oldest_waiting) },
  { "limited_until", WD_WIRE_TIME, G_STRUCT_OFFSET (WdQueueCounts, limited_until) },
  { NULL },
};

static const WdWireField worker_fields[] = {
  { "name", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdQueueWorker, name) },
  { "since", WD_WIRE_TIME, G_STRUCT_OFFSET (WdQueueWorker, since) },
  { NULL },
};

/* What is missing stands for `missing`. */
static const struct {
  const char *name;
  gint64 missing;
  gsize offset;
} counts[] = {
  { "waiting", 0, G_STRUCT_OFFSET (WdQueueCounts, waiting) },
  { "prioritized", 0, G_STRUCT_OFFSET (WdQueueCounts, prioritized) },
  { "delayed", 0, G_STRUCT_OFFSET (WdQueueCounts, delayed) },
  { "active", 0, G_STRUCT_OFFSET (WdQueueCounts, active) },
  { "completed", 0, G_STRUCT_OFFSET (WdQueueCounts, completed) },
  { "failed", 0, G_STRUCT_OFFSET (WdQueueCounts, failed) },
  { "waiting_children", 0, G_STRUCT_OFFSET (WdQueueCounts, waiting_children) },
  { "connected_workers", -1, G_STRUCT_OFFSET (WdQueueCounts, workers) },
  { "lost_locks", 0, G_STRUCT_OFFSET (WdQueueCounts, lost_locks) },
  { "overdue", 0, G_STRUCT_OFFSET (WdQueueCounts, overdue) },
  { "schedulers", -1, G_STRUCT_OFFSET (WdQueueCounts, schedulers) },
  { "concurrency", 0, G_STRUCT_OFFSET (WdQueueCounts, limits.concurrency) },
  { "rate_max", 0, G_STRUCT_OFFSET (WdQueueCounts, limits.rate_max) },
  { "rate_ms", 0, G_STRUCT_OFFSET (WdQueueCounts, limits.rate_ms) },
};

static void
write_workers (WdJsonWriter *writer, const GPtrArray *workers)
{
  wd_json_writer_name (writer, "workers");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; workers != NULL && i < MIN (workers->len, WORKERS_MAX); i++)
    {
      wd_json_writer_begin_object (writer);
      wd_wire_fields_members (writer, worker_fields, workers->pdata[i]);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

static void
write_queue (WdJsonWriter *writer, const WdQueueCounts *queue)
{
  wd_json_writer_begin_object (writer);
  wd_wire_queue_members (writer, queue);
  write_workers (writer, queue->connected);
  wd_json_writer_boolean_member (writer, "workers_can_be_seen", queue->connected != NULL);
  wd_json_writer_boolean_member (writer, "signs_of_workers", queue->has_signs);
  wd_json_writer_int_member (writer, "lost_locks", queue->lost_locks);
  wd_json_writer_int_member (writer, "overdue", queue->overdue);
  wd_wire_time_member (writer, "oldest_waiting", queue->oldest_waiting);
  wd_wire_count_member (writer, "schedulers", queue->schedulers);
  wd_wire_queue_limits_members (writer, &queue->limits);
  wd_wire_time_member (writer, "limited_until", queue->limited_until);
  wd_json_writer_boolean_member (writer, "ignores_rate", queue->ignores_rate);
  wd_json_writer_string_member (writer, "rate_doubt", queue->rate_doubt);
  wd_json_writer_string_member (writer, "layout", queue->layout);
  wd_json_writer_string_member (writer, "warning", queue->warning);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_rest_queues_members:
 * @writer: a writer inside an object
 * @queues: (element-type WdQueueCounts): the queues
 */
void
wd_wire_rest_queues_members (WdJsonWriter *writer, const GPtrArray *queues)
{
  wd_json_writer_name (writer, "queues");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < MIN (queues->len, QUEUES_MAX); i++)
    write_queue (writer, queues->pdata[i]);
  wd_json_writer_end_array (writer);
}

static gboolean
read_workers (const char *object, WdQueueCounts *queue, GError **error)
{
  WdJsonMembers members;
  WdJsonMember member;

  queue->connected = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_worker_free);
  if (!wd_wire_read_array (object, "workers", WORKERS_MAX, &members, error))
    return FALSE;
  while (wd_json_members_next (&members, &member))
    {
      WdQueueWorker *worker = g_new0 (WdQueueWorker, 1);

      g_ptr_array_add (queue->connected, worker);
      if (!wd_wire_read_fields (worker_fields, NULL, member.value, worker, error))
        return FALSE;
    }
  return TRUE;
}

/* Older services tell neither: then nothing gives a sign, and whoever is connected is listed. */
static void
read_signs (const char *object, WdQueueCounts *queue)
{
  WdJsonMember member;

  queue->has_signs = wd_wire_read_member (object, "signs_of_workers", &member)
                     && *member.value == 't';
  if (wd_wire_read_member (object, "workers_can_be_seen", &member) && *member.value == 'f')
    g_clear_pointer (&queue->connected, g_ptr_array_unref);
}

static WdQueueCounts *
read_queue (const char *object, GError **error)
{
  g_autoptr (WdQueueCounts) queue = wd_queue_counts_new ();

  if (!wd_wire_read_fields (texts, NULL, object, queue, error)
      || !wd_wire_read_boolean (object, "paused", &queue->paused, error)
      || !wd_wire_read_boolean (object, "ignores_rate", &queue->ignores_rate, error)
      || !read_workers (object, queue, error))
    return NULL;
  read_signs (object, queue);
  if (queue->queue == NULL || *queue->queue == '\0')
    {
      wd_wire_read_refuse ("queue", error);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!wd_wire_read_count (object, counts[i].name, counts[i].missing,
                             &G_STRUCT_MEMBER (gint64, queue, counts[i].offset), error))
      return NULL;
  return g_steal_pointer (&queue);
}

/**
 * wd_wire_read_queues:
 * @text: the answer to `GET /api/queues`, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (element-type WdQueueCounts): the queues
 */
GPtrArray *
wd_wire_read_queues (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) queues =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_counts_unref);
  const char *object = wd_wire_read_document (text, length, error);
  WdJsonMembers members;
  WdJsonMember member;

  if (object == NULL || !wd_wire_read_array (object, "queues", QUEUES_MAX, &members, error))
    return NULL;
  while (wd_json_members_next (&members, &member))
    {
      WdQueueCounts *queue = read_queue (member.value, error);

      if (queue == NULL)
        return NULL;
      g_ptr_array_add (queues, queue);
    }
  return g_steal_pointer (&queues);
}

/**
 * wd_wire_rest_paused_members:
 * @writer: a writer inside an object
 * @queue: its name
 * @paused: whether it is now
 */
void
wd_wire_rest_paused_members (WdJsonWriter *writer, const char *queue, gboolean paused)
{
  wd_json_writer_boolean_member (writer, "success", TRUE);
  wd_json_writer_string_member (writer, "queue", queue);
  wd_json_writer_boolean_member (writer, "paused", paused);
}

/**
 * wd_wire_read_paused:
 * @text: the answer to an order to pause or resume, with a zero byte behind it
 * @length: bytes of it
 * @paused: whether it was to pause
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: whether it says that the queue is so now
 */
gboolean
wd_wire_read_paused (const char *text, gsize length, gboolean paused, GError **error)
{
  const char *object = wd_wire_read_document (text, length, error);
  gboolean success, now;

  if (object == NULL)
    return FALSE;
  return (wd_wire_read_boolean (object, "success", &success, NULL) && success
          && wd_wire_read_boolean (object, "paused", &now, NULL) && now == paused)
         || wd_wire_read_refuse ("paused", error);
}

/**
 * wd_wire_read_bare_order:
 * @json: what somebody sent, with a zero byte behind it
 * @length: bytes of it
 * @field: (out) (transfer full) (nullable): what an error is about
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether it is nothing, or an object with nothing in it: the address says it all
 */
gboolean
wd_wire_read_bare_order (const char *json, gsize length, char **field, GError **error)
{
  g_autoptr (GHashTable) members = NULL;
  GHashTableIter iter;
  gpointer name;

  *field = NULL;
  if (length == 0)
    return TRUE;
  members = wd_wire_body_parse (json, length, ORDER_DEPTH, error);
  if (members == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, members);
  if (!g_hash_table_iter_next (&iter, &name, NULL))
    return TRUE;
  *field = g_strdup (name);
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, "%.40s means nothing here", *field);
  return FALSE;
}
