/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-json-writer.h"
#include "base/wd-sample-place.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"
#include "bullmq/wd-bullmq-worker.h"
#include "redis/wd-redis-connection.h"

struct _WdBullmqSample {
  WdRedisConnection *conn;  /* (owned) */
  WdBullmqQueue *queue;     /* (owned) */
  char *mark;               /* (owned): what tells this sample's Redis */
};

/**
 * wd_bullmq_sample_new:
 * @folder: of a sample
 * @prefix: of all queues
 * @queue: its name
 * @mark: random text of this sample
 * @error: %WD_ERROR_REFUSED where @folder is no sample's, or %WD_ERROR_INVALID_ARGUMENT
 *
 * Connects with its first call, under a name that shows it as the queue's worker. Worker.
 *
 * Returns: (transfer full): a queue
 */
WdBullmqSample *
wd_bullmq_sample_new (const char *folder, const char *prefix, const char *queue, const char *mark,
                      GError **error)
{
  g_autoptr (WdBullmqQueue) place = wd_bullmq_queue_new (prefix, queue, error);
  g_autofree char *url = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  WdRedisAddress *address;
  WdBullmqSample *self;

  if (place == NULL || !wd_sample_place_check (folder, error))
    return NULL;
  url = wd_sample_place_redis_url (folder);
  address = wd_redis_address_parse (url, error);
  if (address == NULL)
    return NULL;
  base = wd_bullmq_worker_connection_name (place);
  name = g_strconcat (base, WD_BULLMQ_WORKER_NAME, "sample", NULL);
  self = g_new0 (WdBullmqSample, 1);
  self->conn = wd_redis_connection_new (address, NULL, NULL, name);
  self->queue = g_steal_pointer (&place);
  self->mark = g_strdup (mark);
  return self;
}

/**
 * wd_bullmq_sample_free:
 * @self: (transfer full) (nullable): a queue; its connection is closed. Worker
 */
void
wd_bullmq_sample_free (WdBullmqSample *self)
{
  if (self == NULL)
    return;
  wd_redis_connection_free (self->conn);
  wd_bullmq_queue_free (self->queue);
  g_free (self->mark);
  g_free (self);
}

/**
 * wd_bullmq_sample_taken_free:
 * @self: (transfer full) (nullable): a job
 */
void
wd_bullmq_sample_taken_free (WdBullmqSampleTaken *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->data);
  g_free (self);
}

static WdRedisCommand *
make_command (WdBullmqSample *self, const char *action)
{
  WdRedisCommand *command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_SAMPLE, self->queue);

  wd_redis_command_add_text (command, self->mark);
  wd_redis_command_add_int (command, wd_time_now () / 1000);
  wd_redis_command_add_text (command, action);
  return command;
}

/* Returns: (transfer full) (nullable): the answer, which is not that this is another Redis. */
static redisReply *
call (WdBullmqSample *self, WdRedisCommand *command, gint64 deadline, GCancellable *cancellable,
      GError **error)
{
  g_autoptr (redisReply) reply = NULL;

  if (!wd_redis_connection_ensure (self->conn, deadline, cancellable, error))
    return NULL;
  reply = wd_redis_connection_call (self->conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;
  if (strcmp (wd_bullmq_answer_text (reply, 0), "site") == 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           _("This Redis is not the one of the sample data"));
      return NULL;
    }
  return g_steal_pointer (&reply);
}

static gboolean
run (WdBullmqSample *self, WdRedisCommand *command, gint64 deadline, GCancellable *cancellable,
     GError **error)
{
  g_autoptr (redisReply) reply = call (self, command, deadline, cancellable, error);

  return reply != NULL;
}

/**
 * wd_bullmq_sample_begin:
 * @self: any queue of the sample
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where that Redis holds anything
 *
 * Marks the sample's Redis; nothing else here works without. Worker.
 */
gboolean
wd_bullmq_sample_begin (WdBullmqSample *self, gint64 deadline, GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (WdRedisCommand) command = make_command (self, "begin");

  return run (self, command, deadline, cancellable, error);
}

static char *
options_of (const WdBullmqSampleJob *job)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_json_writer_int_member (writer, "attempts", job->attempts);
  if (job->priority > 0)
    wd_json_writer_int_member (writer, "priority", job->priority);
  wd_json_writer_string_member (writer, "jobId", job->id);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (g_steal_pointer (&writer));
}

/**
 * wd_bullmq_sample_put:
 * @self: a queue
 * @jobs: (array length=n_jobs): to begin with
 * @n_jobs: how many, some hundreds at most
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_bullmq_sample_put (WdBullmqSample *self, const WdBullmqSampleJob *jobs, gsize n_jobs,
                      gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command = make_command (self, "put");

  for (gsize i = 0; i < n_jobs; i++)
    {
      g_autofree char *options = options_of (&jobs[i]);

      wd_redis_command_add_text (command, jobs[i].id);
      wd_redis_command_add_text (command, jobs[i].name);
      wd_redis_command_add_text (command, jobs[i].data);
      wd_redis_command_add_text (command, options);
      wd_redis_command_add_int (command, jobs[i].created / 1000);
      wd_redis_command_add_text (command, jobs[i].state);
      wd_redis_command_add_int (command, jobs[i].at / 1000);
      wd_redis_command_add_int (command, jobs[i].priority);
      wd_redis_command_add_int (command, jobs[i].made);
      wd_redis_command_add_text (command, jobs[i].reason != NULL ? jobs[i].reason : "");
    }
  return run (self, command, deadline, cancellable, error);
}

/**
 * wd_bullmq_sample_take:
 * @self: a queue
 * @taken: (out) (transfer full) (nullable): the next job; none where the queue is empty, paused or
 *   at a limit of its own
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_bullmq_sample_take (WdBullmqSample *self, WdBullmqSampleTaken **taken, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command = make_command (self, "take");
  g_autoptr (redisReply) reply = call (self, command, deadline, cancellable, error);

  *taken = NULL;
  if (reply == NULL)
    return FALSE;
  if (strcmp (wd_bullmq_answer_text (reply, 0), "ok") != 0)
    return TRUE;
  *taken = g_new0 (WdBullmqSampleTaken, 1);
  (*taken)->id = g_strdup (wd_bullmq_answer_text (reply, 1));
  (*taken)->data = g_strdup (wd_bullmq_answer_text (reply, 2));
  (*taken)->attempts = (int) g_ascii_strtoll (wd_bullmq_answer_text (reply, 3), NULL, 10);
  (*taken)->made = (int) g_ascii_strtoll (wd_bullmq_answer_text (reply, 4), NULL, 10);
  return TRUE;
}

/**
 * wd_bullmq_sample_finish:
 * @self: a queue
 * @id: of a job that was taken from it
 * @value: JSON text that it returns
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Completes the job. One that was removed meanwhile is let go. Worker.
 */
gboolean
wd_bullmq_sample_finish (WdBullmqSample *self, const char *id, const char *value, gint64 deadline,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command = make_command (self, "finish");

  wd_redis_command_add_text (command, id);
  wd_redis_command_add_text (command, value);
  return run (self, command, deadline, cancellable, error);
}

/**
 * wd_bullmq_sample_fail:
 * @self: a queue
 * @job: that was taken from it
 * @reason: why
 * @backoff_ms: how long it waits for its second attempt; twice as long for each further one
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Ends an attempt; the job fails with its last one. Worker.
 */
gboolean
wd_bullmq_sample_fail (WdBullmqSample *self, const WdBullmqSampleTaken *job, const char *reason,
                       gint64 backoff_ms, gint64 deadline, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (WdRedisCommand) command = make_command (self, "fail");

  wd_redis_command_add_text (command, job->id);
  wd_redis_command_add_text (command, reason);
  wd_redis_command_add_int (command, job->attempts);
  wd_redis_command_add_int (command, backoff_ms);
  return run (self, command, deadline, cancellable, error);
}
