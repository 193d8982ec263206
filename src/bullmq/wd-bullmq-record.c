/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-record.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "base/wd-error.h"
#include "base/wd-json-text.h"
#include "bullmq/wd-bullmq-answer.h"

/* What record.lua tells: the first five, then each field and its size. */
enum {
  ANSWER_STATE,
  ANSWER_DUE,
  ANSWER_LOCK,
  ANSWER_LOGS,
  ANSWER_CHILDREN,
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
  ANSWER_WORKER = ANSWER_STACKTRACE + 2,
  ANSWER_PARENT = ANSWER_WORKER + 2,
  ANSWER_STALLED = ANSWER_PARENT + 2,
  ANSWER_DEDUPLICATION = ANSWER_STALLED + 2,
  ANSWER_RETURN_VALUE = ANSWER_DEDUPLICATION + 2,
  N_ANSWERS = ANSWER_RETURN_VALUE + 2,
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
  return wd_time_from_ms (integer_of (reply, i, 0));
}

/**
 * wd_bullmq_record_attempts:
 * @options: (nullable): BullMQ's, as JSON: "attempts" is a number, or the text of one
 *
 * Returns: attempts allowed
 */
gint64
wd_bullmq_record_attempts (const char *options)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root, *member;
  gint64 attempts = 1;

  /* json-glib takes a piece of the stack for each level. */
  if (options == NULL || !wd_json_text_is_valid (options)
      || !json_parser_load_from_data (parser, options, -1, NULL))
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

  /* As above. */
  if (text != NULL && wd_json_text_is_valid (text)
      && json_parser_load_from_data (parser, text, -1, NULL))
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
  self->attempts = wd_bullmq_record_attempts (options);
  self->stacktrace = stacktrace_of (stacktrace);
  self->worker = text_of (reply, ANSWER_WORKER);
  self->stalled = integer_of (reply, ANSWER_STALLED, 0);
  self->deduplication_id = text_of (reply, ANSWER_DEDUPLICATION);
  self->return_value = text_of (reply, ANSWER_RETURN_VALUE);
}

static void
read_parent (WdQueueJob *self, const WdBullmqQueue *queue, const char *key)
{
  WdBullmqQueue *parent = NULL;
  g_autofree char *id = NULL;

  if (*key == '\0' || !wd_bullmq_job_key_split (key, queue->prefix, &parent, &id))
    return;
  self->parent_queue = wd_bullmq_queue_describe (parent, queue->prefix);
  self->parent_id = g_steal_pointer (&id);
  wd_bullmq_queue_free (parent);
}

/**
 * wd_bullmq_record_read:
 * @queue: where the job is
 * @id: of the job
 * @reply: what record.lua tells of it; its state alone where its id stands in a list and its record
 *   is gone
 *
 * Returns: (transfer full): the job
 */
WdQueueJob *
wd_bullmq_record_read (const WdBullmqQueue *queue, const char *id, const redisReply *reply)
{
  WdQueueJob *self = wd_queue_job_new ();

  self->queue = g_strdup (queue->name);
  self->id = g_utf8_make_valid (id, -1);
  self->state = text_of (reply, ANSWER_STATE);
  self->due = time_of (reply, ANSWER_DUE);
  self->timestamp = self->processed_on = self->finished_on = WD_TIME_NONE;
  self->lock_ms = -1;
  self->attempts = 1;
  self->has_record = reply->elements >= N_ANSWERS;
  if (self->has_record)
    {
      self->n_children = integer_of (reply, ANSWER_CHILDREN, 0);
      read_fields (self, reply);
      read_parent (self, queue, wd_bullmq_answer_text (reply, ANSWER_PARENT));
      return self;
    }
  self->stacktrace = g_new0 (char *, 1);
  self->logs = g_new0 (char *, 1);
  return self;
}

/**
 * wd_bullmq_record_set_missing:
 * @error: gets %WD_ERROR_NOT_FOUND
 * @queue: that was asked
 * @id: of a job that it does not hold
 */
void
wd_bullmq_record_set_missing (GError **error, const WdBullmqQueue *queue, const char *id)
{
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("The queue “%s” holds no job “%s”"),
               queue->name, id);
}
