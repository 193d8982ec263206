/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-job.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-script.h"

#define TEXT_MAX (256 * 1024)
#define LOG_LINES 1000
#define STATES_SLICE 500

/* What job.lua answers: the first four, then each field and its size. */
enum {
  ANSWER_STATE,
  ANSWER_DUE,
  ANSWER_LOCK,
  ANSWER_LOGS,
  ANSWER_NAME,
  ANSWER_DATA = ANSWER_NAME + 2,
  ANSWER_OPTS = ANSWER_DATA + 2,
  ANSWER_TIMESTAMP = ANSWER_OPTS + 2,
  ANSWER_DELAY = ANSWER_TIMESTAMP + 2,
  ANSWER_PRIORITY = ANSWER_DELAY + 2,
  ANSWER_PROCESSED_ON = ANSWER_PRIORITY + 2,
  ANSWER_FINISHED_ON = ANSWER_PROCESSED_ON + 2,
  ANSWER_STARTED = ANSWER_FINISHED_ON + 2,
  ANSWER_MADE = ANSWER_STARTED + 2,
  ANSWER_MADE_OLD = ANSWER_MADE + 2,
  ANSWER_PROGRESS = ANSWER_MADE_OLD + 2,
  ANSWER_FAILED_REASON = ANSWER_PROGRESS + 2,
  ANSWER_STACKTRACE = ANSWER_FAILED_REASON + 2,
  N_ANSWERS = ANSWER_STACKTRACE + 2,
};

static char *
text_of (const redisReply *reply, gsize i)
{
  const redisReply *element = i < reply->elements ? reply->element[i] : NULL;

  if (element == NULL || element->type != REDIS_REPLY_STRING)
    return NULL;
  return g_utf8_make_valid (element->str, element->len);
}

static gint64
integer_of (const redisReply *reply, gsize i, gint64 absent)
{
  const redisReply *element = i < reply->elements ? reply->element[i] : NULL;

  if (element != NULL && element->type == REDIS_REPLY_INTEGER)
    return element->integer;
  if (element != NULL && element->type == REDIS_REPLY_STRING && element->len > 0)
    return g_ascii_strtoll (element->str, NULL, 10);
  return absent;
}

static WdTime
time_of (const redisReply *reply, gsize i)
{
  gint64 milliseconds = integer_of (reply, i, 0);

  return milliseconds > 0 && milliseconds < G_MAXINT64 / 1000 ? milliseconds * 1000 : WD_TIME_NONE;
}

/* BullMQ's options: "attempts" is a number, or the text of one. */
static gint64
attempts_of (const char *options)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root, *member;
  gint64 attempts = 1;

  if (options == NULL || !json_parser_load_from_data (parser, options, -1, NULL))
    return 1;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return 1;
  member = json_object_get_member (json_node_get_object (root), "attempts");
  if (member != NULL && JSON_NODE_HOLDS_VALUE (member))
    attempts = json_node_get_value_type (member) == G_TYPE_STRING
                 ? g_ascii_strtoll (json_node_get_string (member), NULL, 10)
                 : json_node_get_int (member);
  return MAX (attempts, 1);
}

/* @text: a JSON array of texts, possibly cut; BullMQ writes an empty one as an object. */
static char **
stacktrace_of (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *root = NULL;

  if (text != NULL && json_parser_load_from_data (parser, text, -1, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);
          const char *trace =
            JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

          if (trace != NULL)
            g_strv_builder_add (builder, trace);
        }
    }
  else if (root == NULL && text != NULL)
    g_strv_builder_add (builder, text);
  return g_strv_builder_end (builder);
}

static char **
logs_of (const redisReply *reply)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; reply->type == REDIS_REPLY_ARRAY && i < reply->elements; i++)
    {
      g_autofree char *line = text_of (reply, i);

      if (line != NULL)
        g_strv_builder_add (builder, line);
    }
  return g_strv_builder_end (builder);
}

static void
read_fields (WdQueueJob *self, const redisReply *reply)
{
  g_autofree char *options = text_of (reply, ANSWER_OPTS);
  g_autofree char *stacktrace = text_of (reply, ANSWER_STACKTRACE);

  self->lock_ms = MAX (integer_of (reply, ANSWER_LOCK, -1), -1);
  self->logs = logs_of (reply->element[ANSWER_LOGS]);
  self->name = text_of (reply, ANSWER_NAME);
  self->data = text_of (reply, ANSWER_DATA);
  self->data_size = MAX (integer_of (reply, ANSWER_DATA + 1, 0), 0);
  self->timestamp = time_of (reply, ANSWER_TIMESTAMP);
  self->delay = integer_of (reply, ANSWER_DELAY, 0);
  self->priority = integer_of (reply, ANSWER_PRIORITY, 0);
  self->processed_on = time_of (reply, ANSWER_PROCESSED_ON);
  self->finished_on = time_of (reply, ANSWER_FINISHED_ON);
  self->attempts_started = integer_of (reply, ANSWER_STARTED, 0);
  self->attempts_made =
    integer_of (reply, ANSWER_MADE_OLD, integer_of (reply, ANSWER_MADE, 0));
  self->progress = text_of (reply, ANSWER_PROGRESS);
  self->failed_reason = text_of (reply, ANSWER_FAILED_REASON);
  self->attempts = attempts_of (options);
  self->stacktrace = stacktrace_of (stacktrace);
}

/**
 * wd_bullmq_job:
 * @conn: a connection
 * @queue: where it is
 * @id: of the job
 * @deadline: for connecting and the answer
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NOT_FOUND, and as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * The job as BullMQ holds it at this moment, in one round trip. Texts are cut at 256 KiB, log lines
 * at 4 KiB; the stack traces are in the order they are stored in, oldest first. In a worker thread.
 *
 * Returns: (transfer full) (nullable): the job
 */
WdQueueJob *
wd_bullmq_job (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *id,
               gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdQueueJob) self = NULL;
  g_autoptr (WdRedisCommand) command = NULL;
  g_autoptr (redisReply) reply = NULL;

  g_return_val_if_fail (conn != NULL && id != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_JOB, queue);
  wd_redis_command_add_text (command, id);
  wd_redis_command_add_int (command, TEXT_MAX);
  wd_redis_command_add_int (command, LOG_LINES);
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;

  self = wd_queue_job_new ();
  self->queue = g_strdup (queue->name);
  self->id = g_strdup (id);
  self->state = text_of (reply, ANSWER_STATE);
  self->due = time_of (reply, ANSWER_DUE);
  self->timestamp = self->processed_on = self->finished_on = WD_TIME_NONE;
  self->lock_ms = -1;
  self->attempts = 1;
  if (self->state == NULL || strcmp (self->state, "missing") == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("The queue “%s” holds no job “%s”"),
                   queue->name, id);
      return NULL;
    }
  if (reply->elements >= N_ANSWERS)
    {
      read_fields (self, reply);
      return g_steal_pointer (&self);
    }
  /* Its id is in a list, its record gone. */
  self->stacktrace = g_new0 (char *, 1);
  self->logs = g_new0 (char *, 1);
  return g_steal_pointer (&self);
}

static gboolean
read_states (WdRedisConnection *conn, const WdBullmqQueue *queue, const char * const *ids, gsize n,
             gint64 deadline, GCancellable *cancellable, GPtrArray *states, GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_STATES, queue);
  g_autoptr (redisReply) reply = NULL;

  for (gsize i = 0; i < n; i++)
    wd_redis_command_add_text (command, ids[i]);
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      char *state = text_of (reply, i);

      if (g_strcmp0 (state, "missing") == 0)
        g_clear_pointer (&state, g_free);
      g_ptr_array_add (states, state);
    }
  return TRUE;
}

/**
 * wd_bullmq_states:
 * @conn: a connection
 * @queue: where they are
 * @ids: (array length=n_ids): of jobs
 * @n_ids: how many
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the state of each in order, %NULL for a
 *   job that BullMQ does not hold, `unknown` for a record that is in no list, or where the lists
 *   are too long to look through
 */
GPtrArray *
wd_bullmq_states (WdRedisConnection *conn, const WdBullmqQueue *queue, const char * const *ids,
                  gsize n_ids, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (conn != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  for (gsize at = 0; at < n_ids; at += STATES_SLICE)
    if (!read_states (conn, queue, ids + at, MIN (STATES_SLICE, n_ids - at), deadline, cancellable,
                      states, error))
      return NULL;
  return g_steal_pointer (&states);
}
