/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Redis runs one script at a time and serves nobody meanwhile, so a large batch goes in slices of
 * about three milliseconds each. How long the server takes is seen from here only: the time of an
 * answer, less the shortest time that a PING took on this connection. */

#include "bullmq/wd-bullmq-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-format.h"
#include "bullmq/wd-bullmq-layout.h"

#define FIRST_SLICE 200
#define LEAST_SLICE 25
#define MOST_SLICE 1000
#define SLICE_US 3000
#define SLICE_BYTES (1024 * 1024)

typedef struct {
  const char *word;
  WdBullmqOutcome outcome;
} Word;

/* What add.lua and retry.lua say of one job in words, besides “state” and “missing”. */
static const Word words[] = {
  { "warned", WD_BULLMQ_DONE_WITH_WARNING },
  { "error", WD_BULLMQ_REFUSED },
  { "both", WD_BULLMQ_REFUSED },
};

static const char *
text_of (const redisReply *reply, gsize i)
{
  const redisReply *element = i < reply->elements ? reply->element[i] : NULL;

  return element != NULL && element->type == REDIS_REPLY_STRING ? element->str : "";
}

/* Redis adds the place in the script to what it says. */
static char *
redis_said (const char *detail)
{
  const char *place = strstr (detail, " script: ");
  g_autofree char *said = place ? g_strndup (detail, place - detail) : g_strdup (detail);

  return wd_format_visible (said, 500);
}

/* @detail: the state, and after a space the due time of a delayed job */
static WdBullmqResult *
wrong_state (const char *detail)
{
  g_auto (GStrv) parts = g_strsplit (detail, " ", 2);
  const char *state = parts[0] ? parts[0] : "";
  WdBullmqResult *result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);

  result->state = g_strdup (strcmp (state, "unsure") == 0 ? "unknown" : state);
  result->message = g_strdup_printf (_("BullMQ holds the job as “%s”"), result->state);
  if (parts[0] != NULL && parts[1] != NULL)
    result->due = g_ascii_strtoll (parts[1], NULL, 10);
  return result;
}

static WdBullmqResult *
result_of (const char *word, const char *detail)
{
  WdBullmqResult *result;

  if (strcmp (word, "state") == 0)
    return wrong_state (detail);
  if (strcmp (word, "missing") == 0)
    {
      result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);
      result->state = g_strdup ("missing");
      result->message = g_strdup (_("BullMQ holds no such job"));
      return result;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (word, words[i].word) != 0)
        continue;
      result = wd_bullmq_result_new (words[i].outcome);
      if (strcmp (word, "both") == 0)
        result->message = wd_bullmq_layout_message (word, NULL);
      else if (words[i].outcome == WD_BULLMQ_DONE_WITH_WARNING || strcmp (word, "error") == 0)
        result->message = redis_said (detail);
      return result;
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): the result every job of the slice shares; %NULL when the
 * script answered for each. */
static WdBullmqResult *
common_result (const redisReply *reply)
{
  const char *word = text_of (reply, 0);
  WdBullmqResult *result;

  if (strcmp (word, "site") == 0)
    {
      result = wd_bullmq_result_new (WD_BULLMQ_SITE_CHANGED);
      result->message = g_strdup (_("This Redis is not the one it was before; it may have been "
                                    "flushed, replaced or restored"));
      return result;
    }
  if (strcmp (word, "layout") == 0)
    {
      result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);
      result->message = wd_bullmq_layout_message (text_of (reply, 1), text_of (reply, 2));
      return result;
    }
  return strcmp (word, "error") == 0 ? result_of (word, text_of (reply, 1)) : NULL;
}

static void
take_result (const WdBullmqBatch *self, guint place, WdBullmqResult *result)
{
  gpointer *slot = &g_ptr_array_index (self->results, place);

  wd_bullmq_result_free (*slot);
  *slot = result;
}

static WdBullmqResult *
copy_result (const WdBullmqResult *result)
{
  WdBullmqResult *copy = wd_bullmq_result_new (result->outcome);

  copy->state = g_strdup (result->state);
  copy->message = g_strdup (result->message);
  copy->due = result->due;
  return copy;
}

/* What answer.lua says by a character. */
static gboolean
outcome_of (char character, WdBullmqOutcome *outcome)
{
  static const char characters[] = { 'd', 'a', 'x', 'e' };
  static const WdBullmqOutcome outcomes[] = {
    WD_BULLMQ_DONE, WD_BULLMQ_ALREADY_DONE, WD_BULLMQ_DISCARDED, WD_BULLMQ_EXISTS,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (characters); i++)
    if (characters[i] == character)
      {
        *outcome = outcomes[i];
        return TRUE;
      }
  return FALSE;
}

/* @rest: moved on to the word of the next job that has one */
static WdBullmqResult *
next_result (const redisReply *reply, char character, gsize *rest)
{
  WdBullmqOutcome outcome;

  if (outcome_of (character, &outcome))
    return wd_bullmq_result_new (outcome);
  *rest += 2;
  return result_of (text_of (reply, *rest - 2), text_of (reply, *rest - 1));
}

static gboolean
take_answers (const WdBullmqBatch *self, const redisReply *reply, const guint *places, gsize n,
              GError **error)
{
  g_autoptr (WdBullmqResult) common = common_result (reply);
  const char *characters = text_of (reply, 1);
  gsize n_characters = strlen (characters);
  gsize rest = 2;

  for (gsize i = 0; i < n; i++)
    {
      WdBullmqResult *result = NULL;

      if (common != NULL)
        result = copy_result (common);
      else if (n_characters == n)
        result = next_result (reply, characters[i], &rest);
      if (result == NULL)
        {
          g_set_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
                       _("The queue “%s” gave an answer that cannot be understood"),
                       self->queue->name);
          return FALSE;
        }
      take_result (self, places[i], result);
    }
  return TRUE;
}

static gsize
slice_length (const WdBullmqBatch *self, gconstpointer *jobs, gsize n_left, gsize wanted)
{
  gsize bytes = 0;
  gsize n = 0;

  while (n < n_left && n < wanted && (n == 0 || bytes < SLICE_BYTES))
    bytes += self->size (jobs[n++]);
  return n;
}

/* A server that became a replica wrote nothing: whoever asks again may reach the new primary. */
static gboolean
is_primary (const WdBullmqBatch *self, const redisReply *reply, GError **error)
{
  if (strcmp (text_of (reply, 0), "error") != 0 || strstr (text_of (reply, 1), "READONLY ") == NULL)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
               _("Redis at %s has become a read-only replica; nothing was written"),
               wd_redis_connection_describe (self->conn));
  wd_redis_connection_drop (self->conn);
  return FALSE;
}

static redisReply *
call_slice (const WdBullmqBatch *self, gconstpointer *jobs, gsize n, GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (self->script, self->queue);
  g_autoptr (redisReply) reply = NULL;

  wd_redis_command_add_text (command, self->site->id);
  wd_redis_command_add_int (command, WD_BULLMQ_RECEIPT_SECONDS);
  if (self->again != NULL)
    wd_redis_command_add_text (command, self->again);
  if (self->prepare != NULL)
    self->prepare (command, jobs, n);
  for (gsize i = 0; i < n; i++)
    self->append (command, jobs[i]);
  reply = wd_redis_connection_call (self->conn, command, self->deadline, self->cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error)
      || !is_primary (self, reply, error))
    return NULL;
  return g_steal_pointer (&reply);
}

static gboolean
ping (const WdBullmqBatch *self, gint64 *microseconds, GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("PING", NULL);
  gint64 before = g_get_monotonic_time ();
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (self->conn, command, self->deadline, self->cancellable, error);

  *microseconds = g_get_monotonic_time () - before;
  return reply != NULL;
}

static gsize
next_wanted (gsize n, gsize wanted, gint64 microseconds)
{
  gint64 fitting = (gint64) n * SLICE_US / MAX (microseconds, 1);

  if (n < wanted && microseconds < SLICE_US)
    return wanted;
  return (gsize) CLAMP (fitting, MAX (LEAST_SLICE, (gint64) wanted / 2),
                        MIN (MOST_SLICE, (gint64) wanted * 2));
}

static gboolean
is_same_server (const WdBullmqBatch *self)
{
  return wd_redis_connection_get_serial (self->conn) == self->site->serial;
}

static void
answer_site_changed (const WdBullmqBatch *self, const guint *places, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      WdBullmqResult *result = wd_bullmq_result_new (WD_BULLMQ_SITE_CHANGED);

      result->message = g_strdup (_("The connection to Redis was made anew meanwhile"));
      take_result (self, places[i], result);
    }
}

/**
 * wd_bullmq_batch_run:
 * @self: what to run and where the results go
 * @jobs: (array length=n_jobs): one pointer for each job
 * @places: (array length=n_jobs): the place in the results for each
 * @n_jobs: how many
 * @stream_moved: (out) (optional): set when adding again stopped because the events were not read
 *   up to their end; the jobs from there on have no result yet
 * @error: %WD_ERROR_UNKNOWN_OUTCOME when a slice was sent and its answer never came, and what
 *   wd_redis_connection_call() says; results of earlier slices stand
 *
 * A connection that was made anew since the site was read may lead to another server: then nothing
 * is sent.
 */
gboolean
wd_bullmq_batch_run (const WdBullmqBatch *self, gconstpointer *jobs, const guint *places,
                     gsize n_jobs, gboolean *stream_moved, GError **error)
{
  gsize wanted = FIRST_SLICE;
  gint64 round_trip = 0;
  gsize n;

  if (stream_moved != NULL)
    *stream_moved = FALSE;
  if (!is_same_server (self))
    {
      answer_site_changed (self, places, n_jobs);
      return TRUE;
    }
  if (n_jobs > FIRST_SLICE && !ping (self, &round_trip, error))
    return FALSE;
  for (gsize at = 0; at < n_jobs; at += n)
    {
      g_autoptr (redisReply) reply = NULL;
      gint64 before = g_get_monotonic_time ();

      n = slice_length (self, jobs + at, n_jobs - at, wanted);
      reply = call_slice (self, jobs + at, n, error);
      if (reply == NULL)
        return FALSE;
      if (stream_moved != NULL && strcmp (text_of (reply, 0), "stream") == 0)
        {
          *stream_moved = TRUE;
          return TRUE;
        }
      if (!take_answers (self, reply, places + at, n, error))
        return FALSE;
      wd_fault_point (self->fault_point);
      wanted = next_wanted (n, wanted, g_get_monotonic_time () - before - round_trip);
    }
  return TRUE;
}
