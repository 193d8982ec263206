/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Redis runs one script at a time and serves nobody meanwhile, so a large batch goes in slices of
 * about two milliseconds each. How long the server takes is seen from here only: the time of an
 * answer, less what a PING takes. Two slices travel together, so that the server need not wait
 * for us between them: it serves others after reading about 16 KiB of what we sent. */

#include "bullmq/wd-bullmq-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-receipt.h"

#define FIRST_SLICE 100
#define LEAST_SLICE 25
#define MOST_SLICE 1000
#define SLICE_US 2000
#define SLICE_BYTES (1024 * 1024)
#define READ_BYTES 16384
#define GROUP_MAX 2

/* The slices of one round trip. */
typedef struct {
  WdRedisCommand *commands[GROUP_MAX];
  gsize lengths[GROUP_MAX]; /* jobs in each */
  gsize n;
  gsize n_jobs;
} Group;

static void
group_clear (Group *group)
{
  for (gsize i = 0; i < group->n; i++)
    wd_redis_command_free (group->commands[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Group, group_clear)

static gsize
slice_length (const WdBullmqBatch *self, gconstpointer *jobs, gsize n_left, gsize wanted,
              gsize *bytes)
{
  gsize n = 0;

  *bytes = 0;
  while (n < n_left && n < wanted && (n == 0 || *bytes < SLICE_BYTES))
    *bytes += self->size (jobs[n++]);
  return n;
}

/* A server that became a replica wrote nothing: whoever asks again may reach the new primary. */
static gboolean
is_primary (const WdBullmqBatch *self, const redisReply *reply, GError **error)
{
  if (strcmp (wd_bullmq_answer_text (reply, 0), "error") != 0
      || strstr (wd_bullmq_answer_text (reply, 1), "READONLY ") == NULL)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
               _("Redis at %s has become a read-only replica; nothing was written"),
               wd_redis_connection_describe (self->conn));
  wd_redis_connection_drop (self->conn);
  return FALSE;
}

static WdRedisCommand *
make_slice (const WdBullmqBatch *self, gconstpointer *jobs, gsize n)
{
  WdRedisCommand *command = wd_bullmq_script_command (self->script, self->queue);

  wd_redis_command_add_text (command, self->site->id);
  wd_redis_command_add_int (command, WD_BULLMQ_RECEIPT_SECONDS);
  if (self->word != NULL)
    wd_redis_command_add_text (command, self->word);
  if (self->prepare != NULL)
    self->prepare (command, jobs, n);
  for (gsize i = 0; i < n; i++)
    self->append (command, jobs[i]);
  return command;
}

/* A small slice goes alone: Redis would run two that it reads at once without a break. */
static void
make_group (const WdBullmqBatch *self, gconstpointer *jobs, gsize n_left, gsize wanted,
            gsize group_max, Group *group)
{
  gsize bytes = READ_BYTES;

  while (group->n < group_max && group->n_jobs < n_left && bytes >= READ_BYTES)
    {
      gsize n = slice_length (self, jobs + group->n_jobs, n_left - group->n_jobs, wanted, &bytes);

      group->commands[group->n] = make_slice (self, jobs + group->n_jobs, n);
      group->lengths[group->n++] = n;
      group->n_jobs += n;
    }
}

/* Takes what was answered to one slice. */
static gboolean
take_reply (const WdBullmqBatch *self, const redisReply *reply, const guint *places, gsize n,
            gboolean *stream_moved, GError **error)
{
  if (!wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error) || !is_primary (self, reply, error))
    return FALSE;
  if (stream_moved != NULL && strcmp (wd_bullmq_answer_text (reply, 0), "stream") == 0)
    {
      *stream_moved = TRUE;
      return TRUE;
    }
  if (!wd_bullmq_answer_take (reply, self->queue->name, self->results, places, n, error))
    return FALSE;
  wd_fault_point (self->fault_point);
  return TRUE;
}

/* The server carried out each slice by itself: one that it refused hides nothing of the next. */
static gboolean
take_replies (const WdBullmqBatch *self, const Group *group, GPtrArray *replies,
              const guint *places, gboolean *stream_moved, GError **error)
{
  GError *problem = NULL;

  for (gsize i = 0, at = 0; i < group->n; at += group->lengths[i++])
    take_reply (self, g_ptr_array_index (replies, i), places + at, group->lengths[i], stream_moved,
                problem == NULL ? &problem : NULL);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
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
      wd_bullmq_answer_set (self->results, places[i], result);
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
  /* Events are read up to the slice about to be sent; what it adds would come between. */
  gsize group_max = stream_moved != NULL ? 1 : GROUP_MAX;
  /* Each of them is also looked for in the lists, which may be long. */
  gsize wanted = stream_moved != NULL ? LEAST_SLICE : FIRST_SLICE;
  gint64 round_trip = 0;

  if (stream_moved != NULL)
    *stream_moved = FALSE;
  if (!is_same_server (self))
    {
      answer_site_changed (self, places, n_jobs);
      return TRUE;
    }
  if (n_jobs > FIRST_SLICE && !ping (self, &round_trip, error))
    return FALSE;
  for (gsize at = 0; at < n_jobs;)
    {
      g_auto (Group) group = { 0 };
      g_autoptr (GPtrArray) replies = NULL;
      gint64 before = g_get_monotonic_time ();

      make_group (self, jobs + at, n_jobs - at, wanted, at > 0 ? group_max : 1, &group);
      replies = wd_redis_connection_pipeline (self->conn, group.commands, group.n, self->deadline,
                                              self->cancellable, error);
      if (replies == NULL
          || !take_replies (self, &group, replies, places + at, stream_moved, error))
        return FALSE;
      if (stream_moved != NULL && *stream_moved)
        return TRUE;
      at += group.n_jobs;
      wanted = next_wanted (group.n_jobs / group.n, wanted,
                            (g_get_monotonic_time () - before - round_trip) / (gint64) group.n);
    }
  return TRUE;
}
