/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-schedulers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"

/* Schedulers of one call: about a millisecond. */
#define SLICE 40
#define TEXT_MAX 4096
/* So many have the keys of repeatable jobs of old, at least. */
#define PARTS_OF_OLD 5

/* What schedulers.lua answers: two numbers, then a list for each scheduler. */
enum {
  ANSWER_NOW,
  ANSWER_TOTAL,
  ANSWER_FIRST,
};

enum {
  ITEM_KEY,
  ITEM_NEXT,
  ITEM_DEFINED,
  ITEM_DIGEST,
  ITEM_ITERATIONS,
  ITEM_NAME,
  ITEM_PATTERN,
  ITEM_EVERY,
  ITEM_TZ,
  ITEM_LIMIT,
  ITEM_START,
  ITEM_END,
  ITEM_OPTIONS,
  ITEM_OPTIONS_SIZE,
  ITEM_DATA,
  ITEM_DATA_SIZE,
  ITEM_JOB_ID,
  ITEM_JOB_STATE,
  ITEM_JOB_MADE,
  ITEM_JOB_BEGUN,
  ITEM_JOB_COUNT,
  N_ITEMS,
};

static char *
text_of (const redisReply *item, gsize i)
{
  const redisReply *element = item->element[i];

  if (element->type != REDIS_REPLY_STRING || element->len == 0)
    return NULL;
  return g_utf8_make_valid (element->str, element->len);
}

static gint64
number_of (const redisReply *item, gsize i)
{
  return g_ascii_strtoll (wd_bullmq_answer_text (item, i), NULL, 10);
}

static gboolean
has_ended (const WdScheduler *self, WdTime now)
{
  return (self->limit > 0 && self->iterations >= self->limit)
         || (self->end != WD_TIME_NONE && self->end < MAX (now, self->next));
}

/* A job that is over, or gone, should have made the next one as it began. */
static WdSchedulerState
state_of (const WdScheduler *self, WdTime now)
{
  static const struct {
    const char *word;
    WdSchedulerState state;
  } states[] = {
    { "delayed", WD_SCHEDULER_DELAYED },       { "waiting", WD_SCHEDULER_WAITING },
    { "prioritized", WD_SCHEDULER_WAITING },   { "active", WD_SCHEDULER_ACTIVE },
    { "waiting-children", WD_SCHEDULER_ACTIVE }, { "unsure", WD_SCHEDULER_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (self->job_state, states[i].word) == 0)
      return states[i].state;
  return has_ended (self, now) ? WD_SCHEDULER_ENDED : WD_SCHEDULER_BROKEN;
}

/* A worker makes the next job when it begins one; the first was made by whoever made or changed
 * the scheduler, and tells nothing. */
static WdTime
last_of (const WdScheduler *self, const redisReply *item)
{
  WdTime begun = wd_bullmq_answer_time (item, ITEM_JOB_BEGUN);

  if (begun != WD_TIME_NONE)
    return begun;
  if (self->state == WD_SCHEDULER_ENDED)
    return self->next;
  return number_of (item, ITEM_JOB_COUNT) > 1 ? wd_bullmq_answer_time (item, ITEM_JOB_MADE)
                                              : WD_TIME_NONE;
}

/* Returns: (transfer full) (nullable) */
static WdScheduler *
read_scheduler (const redisReply *item, WdTime now)
{
  WdScheduler *self;

  if (item->type != REDIS_REPLY_ARRAY || item->elements < N_ITEMS)
    return NULL;
  self = wd_scheduler_new ();
  self->key = g_strdup (wd_bullmq_answer_text (item, ITEM_KEY));
  self->next = wd_bullmq_answer_time (item, ITEM_NEXT);
  self->is_defined = *wd_bullmq_answer_text (item, ITEM_DEFINED) != '\0';
  self->digest = g_strdup (wd_bullmq_answer_text (item, ITEM_DIGEST));
  self->is_legacy = *wd_bullmq_answer_text (item, ITEM_ITERATIONS) == '\0';
  self->iterations = self->is_legacy ? -1 : number_of (item, ITEM_ITERATIONS);
  self->name = text_of (item, ITEM_NAME);
  self->pattern = text_of (item, ITEM_PATTERN);
  self->every = number_of (item, ITEM_EVERY);
  self->tz = text_of (item, ITEM_TZ);
  self->limit = number_of (item, ITEM_LIMIT);
  self->start = wd_bullmq_answer_time (item, ITEM_START);
  self->end = wd_bullmq_answer_time (item, ITEM_END);
  self->data = text_of (item, ITEM_DATA);
  self->data_size = number_of (item, ITEM_DATA_SIZE);
  self->options = text_of (item, ITEM_OPTIONS);
  self->options_size = number_of (item, ITEM_OPTIONS_SIZE);
  self->job_id = text_of (item, ITEM_JOB_ID);
  self->job_state = text_of (item, ITEM_JOB_STATE);
  self->state = state_of (self, now);
  self->last = last_of (self, item);
  return self;
}

static char *
md5 (const char *a, const char *b, const char *c)
{
  g_autofree char *text = g_strconcat (a, b, c, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
}

/* Repeatable jobs of old have keys such as `name:id:end:tz:pattern`, which say all there is of
 * them, and jobs whose ids are made of a checksum of it. */
static gboolean
may_be_of_old (const WdScheduler *self)
{
  const char *colon = strchr (self->key, ':');

  return self->is_legacy && colon != NULL && strchr (colon + 1, ':') != NULL;
}

static void
read_key_of_old (WdScheduler *self, char **parts)
{
  g_autofree char *suffix = NULL;

  if (self->is_defined || g_strv_length (parts) < PARTS_OF_OLD)
    return;
  suffix = g_strjoinv (":", parts + 4);
  self->name = g_strdup (parts[0]);
  self->end = wd_time_from_ms (g_ascii_strtoll (parts[2], NULL, 10));
  self->tz = *parts[3] != '\0' ? g_strdup (parts[3]) : NULL;
  if (strspn (suffix, "0123456789") == strlen (suffix))
    self->every = g_ascii_strtoll (suffix, NULL, 10);
  else
    self->pattern = g_steal_pointer (&suffix);
}

static WdRedisCommand *
ask_for_one (const WdBullmqQueue *queue, const char *scheduler, const char *name)
{
  WdRedisCommand *command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_SCHEDULERS, queue);
  g_auto (GStrv) parts = g_strsplit (scheduler, ":", -1);
  g_autofree char *whole = g_compute_checksum_for_string (G_CHECKSUM_MD5, scheduler, -1);

  wd_redis_command_add_int (command, TEXT_MAX);
  wd_redis_command_add_text (command, "one");
  wd_redis_command_add_text (command, scheduler);
  if (g_strv_length (parts) > 2)
    {
      g_autofree char *plain = md5 (name != NULL ? name : parts[0], "", whole);
      g_autofree char *with_id = md5 (name != NULL ? name : parts[0], parts[1], whole);

      wd_redis_command_add_text (command, plain);
      wd_redis_command_add_text (command, with_id);
    }
  return command;
}

/* Returns: (transfer full) (nullable): the only scheduler of an answer */
static WdScheduler *
read_one (const redisReply *reply)
{
  WdTime now = wd_bullmq_answer_time (reply, ANSWER_NOW);
  WdScheduler *self = reply->elements > ANSWER_FIRST
                        ? read_scheduler (reply->element[ANSWER_FIRST], now) : NULL;
  g_auto (GStrv) parts = NULL;

  if (self == NULL || !may_be_of_old (self))
    return self;
  parts = g_strsplit (self->key, ":", -1);
  read_key_of_old (self, parts);
  /* Only now is its end known. */
  self->state = state_of (self, now);
  return self;
}

/* Those of old, again, by the ids that their jobs may have. */
static gboolean
read_those_of_old (WdRedisConnection *conn, const WdBullmqQueue *queue, GPtrArray *items,
                   guint first, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) replies = NULL;

  for (guint i = first; i < items->len; i++)
    {
      const WdScheduler *item = items->pdata[i];

      if (!may_be_of_old (item))
        continue;
      g_ptr_array_add (commands, ask_for_one (queue, item->key, item->name));
      g_array_append_val (places, i);
    }
  if (commands->len == 0)
    return TRUE;
  replies = wd_redis_connection_pipeline (conn, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, deadline, cancellable, error);
  for (guint i = 0; replies != NULL && i < places->len; i++)
    {
      const redisReply *reply = replies->pdata[i];
      WdScheduler *item = reply->type == REDIS_REPLY_ARRAY ? read_one (reply) : NULL;
      gpointer *slot = &items->pdata[g_array_index (places, guint, i)];

      if (item == NULL)
        continue;
      wd_scheduler_unref (*slot);
      *slot = item;
    }
  return replies != NULL;
}

/* A cursor is the time of the last one in milliseconds, a space, and its key. */
static void
add_cursor (WdRedisCommand *command, const char *cursor)
{
  const char *space = cursor != NULL ? strchr (cursor, ' ') : NULL;
  g_autofree char *time = space != NULL ? g_strndup (cursor, space - cursor) : g_strdup ("");

  wd_redis_command_add_text (command, time);
  wd_redis_command_add_text (command, space != NULL ? space + 1 : "");
}

/* @page: gets some more, and where to go on */
static gboolean
read_slice (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *cursor, guint n,
            WdSchedulerPage *page, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_SCHEDULERS,
                                                                 queue);
  g_autoptr (redisReply) reply = NULL;
  guint first = page->items->len;
  const redisReply *last;

  wd_redis_command_add_int (command, TEXT_MAX);
  wd_redis_command_add_int (command, n);
  add_cursor (command, cursor);
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  page->now = wd_bullmq_answer_time (reply, ANSWER_NOW);
  page->total = reply->elements > ANSWER_TOTAL ? reply->element[ANSWER_TOTAL]->integer : 0;
  g_clear_pointer (&page->cursor, g_free);
  for (gsize i = ANSWER_FIRST; i < reply->elements; i++)
    {
      WdScheduler *item = read_scheduler (reply->element[i], page->now);

      if (item != NULL)
        g_ptr_array_add (page->items, item);
    }
  if (reply->elements >= ANSWER_FIRST + n)
    {
      last = reply->element[reply->elements - 1];
      page->cursor = g_strconcat (wd_bullmq_answer_text (last, ITEM_NEXT), " ",
                                  wd_bullmq_answer_text (last, ITEM_KEY), NULL);
    }
  return read_those_of_old (conn, queue, page->items, first, deadline, cancellable, error);
}

/**
 * wd_bullmq_schedulers:
 * @conn: a connection
 * @queue: which
 * @cursor: (nullable): of an earlier page, to continue there
 * @limit: how many at most
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Reads in calls of about a millisecond each. Who works on the queue is not looked at. In a worker
 * thread.
 *
 * Returns: (transfer full) (nullable): its schedulers, and the repeatable jobs of before them
 */
WdSchedulerPage *
wd_bullmq_schedulers (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *cursor,
                      guint limit, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdSchedulerPage) page = wd_scheduler_page_create ();
  g_autofree char *at = g_strdup (cursor);

  g_return_val_if_fail (conn != NULL && limit > 0, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  do
    {
      if (!read_slice (conn, queue, at, MIN (SLICE, limit - page->items->len), page, deadline,
                       cancellable, error))
        return NULL;
      g_free (at);
      at = g_strdup (page->cursor);
    }
  while (at != NULL && page->items->len < limit);
  return g_steal_pointer (&page);
}

/**
 * wd_bullmq_scheduler:
 * @conn: a connection
 * @queue: which
 * @scheduler: its key
 * @deadline: for connecting and the answer
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NOT_FOUND, and as wd_bullmq_schedulers()
 *
 * In a worker thread.
 *
 * Returns: (transfer full) (nullable): one scheduler
 */
WdScheduler *
wd_bullmq_scheduler (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *scheduler,
                     gint64 deadline, GCancellable *cancellable, GError **error)
{
  WdScheduler *self = NULL;
  const char *name = NULL;

  g_return_val_if_fail (conn != NULL && scheduler != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  /* One of old that has a name of its own is asked for again with it. */
  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr (WdRedisCommand) command = ask_for_one (queue, scheduler, name);
      g_autoptr (redisReply) reply = wd_redis_connection_call (conn, command, deadline,
                                                               cancellable, error);
      WdScheduler *found;

      if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
        {
          g_clear_pointer (&self, wd_scheduler_unref);
          return NULL;
        }
      found = read_one (reply);
      g_clear_pointer (&self, wd_scheduler_unref);
      self = found;
      if (self == NULL || !may_be_of_old (self) || self->name == NULL)
        break;
      name = self->name;
    }
  if (self == NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("The queue “%s” has no scheduler “%s”"),
                 queue->name, scheduler);
  return self;
}

/**
 * wd_bullmq_scheduler_would_go_on:
 * @self: as it was read
 *
 * A worker that begins a job of one of old makes the next job without looking whether it still
 * should, and those are listed nowhere.
 *
 * Returns: whether it may go on if it is removed now
 */
gboolean
wd_bullmq_scheduler_would_go_on (const WdScheduler *self)
{
  g_auto (GStrv) parts = g_strsplit (self->key, ":", -1);

  return self->is_legacy && g_strv_length (parts) >= PARTS_OF_OLD
         && (self->state == WD_SCHEDULER_WAITING || self->state == WD_SCHEDULER_ACTIVE
             || self->state == WD_SCHEDULER_UNKNOWN);
}
