/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-event.h"

#include <string.h>

/* Of a failure's reason: what a row holds of it. */
#define REASON_MAX 8192

typedef struct {
  const char *word;
  int value;
} Word;

/* Version 5 tells of a job that is put off and of one that shall run again by the same word. */
static const Word kinds[] = {
  { "added", WD_QUEUE_EVENT_ADDED },
  { "waiting", WD_QUEUE_EVENT_WAITING },
  { "delayed", WD_QUEUE_EVENT_DELAYED },
  { "active", WD_QUEUE_EVENT_ACTIVE },
  { "completed", WD_QUEUE_EVENT_COMPLETED },
  { "failed", WD_QUEUE_EVENT_FAILED },
  { "retries-exhausted", WD_QUEUE_EVENT_EXHAUSTED },
  { "stalled", WD_QUEUE_EVENT_STALLED },
  { "removed", WD_QUEUE_EVENT_REMOVED },
  { "waiting-children", WD_QUEUE_EVENT_CHILDREN },
  { NULL, WD_QUEUE_EVENT_OTHER },
};

static const Word befores[] = {
  { "delayed", WD_QUEUE_BEFORE_DELAYED },
  { "active", WD_QUEUE_BEFORE_ACTIVE },
  { "failed", WD_QUEUE_BEFORE_FAILED },
  { "completed", WD_QUEUE_BEFORE_COMPLETED },
  { "waiting-children", WD_QUEUE_BEFORE_CHILDREN },
  { NULL, WD_QUEUE_BEFORE_OTHER },
};

static int
find_word (const Word *words, const char *text)
{
  while (words->word != NULL && strcmp (words->word, text) != 0)
    words++;
  return words->value;
}

static char *
dup_text (const redisReply *value, gsize most)
{
  gsize length = MIN (value->len, most);

  /* No row holds a zero byte. */
  return g_utf8_make_valid (value->str, (gssize) strnlen (value->str, length));
}

static void
take_field (WdQueueEvent *self, const char *name, const redisReply *value)
{
  if (strcmp (name, "event") == 0)
    self->kind = find_word (kinds, value->str);
  else if (strcmp (name, "prev") == 0)
    self->before = find_word (befores, value->str);
  /* An id that no text can hold is none of BullMQ's. */
  else if (strcmp (name, "jobId") == 0 && self->id == NULL && value->len > 0
           && g_utf8_validate (value->str, (gssize) value->len, NULL))
    self->id = g_strndup (value->str, value->len);
  else if (strcmp (name, "name") == 0 && self->name == NULL)
    self->name = dup_text (value, REASON_MAX);
  else if (strcmp (name, "failedReason") == 0 && self->reason == NULL)
    self->reason = dup_text (value, REASON_MAX);
  else if (strcmp (name, "attemptsMade") == 0)
    self->attempts = g_ascii_strtoll (value->str, NULL, 10);
}

/**
 * wd_bullmq_event_parse:
 * @entry: of a queue's event stream
 *
 * Returns: (transfer full) (nullable): what happened; %NULL where that is no entry of a stream. One
 *   that says nothing of a job is %WD_QUEUE_EVENT_OTHER
 */
WdQueueEvent *
wd_bullmq_event_parse (const redisReply *entry)
{
  const redisReply *fields;
  WdQueueEvent *self;

  if (entry->type != REDIS_REPLY_ARRAY || entry->elements != 2
      || entry->element[0]->type != REDIS_REPLY_STRING)
    return NULL;
  self = g_new0 (WdQueueEvent, 1);
  self->position = g_strdup (entry->element[0]->str);
  self->at = wd_time_from_ms (g_ascii_strtoll (self->position, NULL, 10));
  fields = entry->element[1];
  for (gsize i = 0; fields->type == REDIS_REPLY_ARRAY && i + 1 < fields->elements; i += 2)
    if (fields->element[i]->type == REDIS_REPLY_STRING
        && fields->element[i + 1]->type == REDIS_REPLY_STRING)
      take_field (self, fields->element[i]->str, fields->element[i + 1]);
  if (self->id == NULL)
    self->kind = WD_QUEUE_EVENT_OTHER;
  return self;
}
