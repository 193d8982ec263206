/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-recorder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "base/wd-worker-thread.h"
#include "direct/wd-recorder-private.h"

#define FIRST_BACKOFF_MS 1000
#define LAST_BACKOFF_MS  30000

struct _WdRecorder {
  WdWorkerThread *thread;     /* (owned) */
  GCancellable *cancellable;  /* (owned) */
};

static void
work_free (gpointer data)
{
  WdRecorderWork *self = data;

  wd_lane_free (self->lane);
  g_free (self->holder);
  g_free (self->site);
  for (gsize i = 0; i < self->n_queues; i++)
    {
      wd_bullmq_queue_free (self->queues[i].queue);
      g_strfreev (self->queues[i].types);
      wd_pg_recording_place_clear (&self->queues[i].place);
      g_ptr_array_unref (self->queues[i].events);
      g_hash_table_unref (self->queues[i].told);
      g_free (self->queues[i].told_last);
      g_hash_table_unref (self->queues[i].refused);
      g_hash_table_unref (self->queues[i].aside);
    }
  g_free (self->queues);
  g_ptr_array_unref (self->missed);
  g_free (self);
}

/* Says one thing that is new. */
void
wd_recorder_tell (WdRecorderWork *self, gboolean is_problem, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  self->func (is_problem, text, self->func_data);
}

/* Says what it does now, if that is another thing than before. */
void
wd_recorder_enter (WdRecorderWork *self, WdRecorderState state, const char *reason)
{
  gsize n_held = 0;

  if (state == self->state)
    return;
  self->state = state;
  for (gsize i = 0; i < self->n_queues; i++)
    n_held += self->queues[i].held;
  if (state == WD_RECORDER_RECORDS)
    wd_recorder_tell (self, FALSE, "Recording the events of %" G_GSIZE_FORMAT " of %"
                      G_GSIZE_FORMAT " queues", n_held, self->n_queues);
  else if (state == WD_RECORDER_STANDS_BY)
    wd_recorder_tell (self, FALSE, "Another instance records: standing by");
  else
    wd_recorder_tell (self, TRUE, "Nothing is recorded for now: %s", reason);
}

/* Says what could not be recorded since it was said last, if there is anything. */
void
wd_recorder_tell_tally (WdRecorderWork *self)
{
  const struct {
    guint n;
    const char *what;
  } lines[] = {
    { self->tally.no_wallet, "jobs without a wallet or its owner, which every row needs here" },
    { self->tally.no_kind, "jobs of an unknown kind: no job type has their name in this queue" },
    { self->tally.elsewhere, "jobs whose id a row of another kind of job bears" },
    { self->tally.refused, "events that the database refuses, or ids too long for a row" },
    { self->tally.no_record, "rows without data: their jobs had left the queue before they could "
                             "be read" },
    { self->tally.left_out, "rows without data, which are too large or which no row can hold" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].n > 0)
      wd_recorder_tell (self, TRUE, "Not recorded, or not in full: %u %s", lines[i].n,
                        lines[i].what);
  if (self->tally.past > 0)
    wd_recorder_tell (self, FALSE, "Ids that their queue gave again: %u rows about the former jobs "
                      "are kept, their job_id with “@” and when the job was made behind it",
                      self->tally.past);
  self->tally = (WdRecorderTally) { 0 };
}

static void
let_go (WdRecorderWork *self)
{
  wd_lane_disconnect (self->lane);
  self->postgres = NULL;
  for (gsize i = 0; i < self->n_queues; i++)
    {
      self->queues[i].held = FALSE;
      g_ptr_array_set_size (self->queues[i].events, 0);
    }
}

static void
record_in_worker (GTask *task, gpointer resource, gpointer data, GCancellable *cancellable)
{
  WdRecorderWork *self = resource;
  guint backoff = FIRST_BACKOFF_MS;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr (GError) error = NULL;

      wd_recorder_run (self, cancellable, &error);
      if (wd_error_is_cancelled (error))
        break;
      let_go (self);
      if (self->state != WD_RECORDER_WAITS)
        backoff = FIRST_BACKOFF_MS;
      wd_recorder_enter (self, WD_RECORDER_WAITS, error->message);
      wd_wait_ms (backoff + (guint) g_random_int_range (0, (int) backoff / 4), cancellable, NULL);
      backoff = MIN (backoff * 2, LAST_BACKOFF_MS);
    }
  wd_recorder_tell_tally (self);
  wd_recorder_leave (self);
  let_go (self);
  g_task_return_boolean (task, TRUE);
}

/* The kinds of jobs that a queue runs. */
static char **
find_types (const WdProfile *profile, const char *queue)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    if (strcmp (wd_profile_get_mapping (profile, types[i].name)->queue, queue) == 0)
      g_strv_builder_add (builder, types[i].name);
  return g_strv_builder_end (builder);
}

static gboolean
add_queue (WdRecorderWork *self, const WdProfile *profile, const char *name, GError **error)
{
  WdRecorderQueue *queue = &self->queues[self->n_queues];

  for (gsize i = 0; i < self->n_queues; i++)
    if (strcmp (self->queues[i].queue->name, name) == 0)
      return TRUE;
  if (wd_profile_get_job_type (profile, name) == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("“%s” cannot be recorded: no kind of job belongs to that queue here"), name);
      return FALSE;
    }
  queue->queue = wd_bullmq_queue_new (profile->prefix, name, error);
  if (queue->queue == NULL)
    return FALSE;
  queue->types = find_types (profile, name);
  queue->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  queue->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  queue->aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  queue->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_event_free);
  self->n_queues++;
  return TRUE;
}

static gboolean
add_queues (WdRecorderWork *self, const WdProfile *profile, const char *const *names,
            GError **error)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  self->queues = g_new0 (WdRecorderQueue,
                         names != NULL ? g_strv_length ((char **) names) : n_types);
  for (gsize i = 0; names == NULL && i < n_types; i++)
    if (!add_queue (self, profile, wd_profile_get_mapping (profile, types[i].name)->queue, error))
      return FALSE;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (!add_queue (self, profile, names[i], error))
      return FALSE;
  return TRUE;
}

/**
 * wd_recorder_new:
 * @profile: whose queues and rows
 * @queues: (nullable) (array zero-terminated=1): those to record; %NULL for all that run a kind of
 *   job
 * @func: told what is new
 * @data: for @func
 * @error: %WD_ERROR_INVALID_ARGUMENT, %WD_ERROR_READ_ONLY
 *
 * Returns: (transfer full) (nullable): one that does not record yet
 */
WdRecorder *
wd_recorder_new (WdProfile *profile, const char *const *queues, WdRecorderFunc func, gpointer data,
                 GError **error)
{
  WdRecorderWork *work;
  WdRecorder *self;

  if (!wd_profile_check_writable (profile, error))
    return NULL;
  if (profile->redis_url == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("There are no queues to record: no Redis is configured"));
      return NULL;
    }
  work = g_new0 (WdRecorderWork, 1);
  work->lane = wd_lane_new (profile);
  work->holder = g_uuid_string_random ();
  work->missed = g_ptr_array_new_with_free_func (g_free);
  work->func = func;
  work->func_data = data;
  if (!add_queues (work, profile, queues, error))
    {
      work_free (work);
      return NULL;
    }
  self = g_new0 (WdRecorder, 1);
  self->cancellable = g_cancellable_new ();
  self->thread = wd_worker_thread_new ("wd-record", work, work_free);
  return self;
}

/**
 * wd_recorder_start:
 * @self: a new recorder
 *
 * Records from now on, until it is stopped.
 */
void
wd_recorder_start (WdRecorder *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, NULL, NULL);

  g_task_set_name (task, "record");
  wd_worker_thread_push (self->thread, task, record_in_worker);
}

/**
 * wd_recorder_stop:
 * @self: a recorder
 *
 * What is being written is finished; returns at once.
 */
void
wd_recorder_stop (WdRecorder *self)
{
  g_cancellable_cancel (self->cancellable);
  wd_worker_thread_shut_down (self->thread);
}

/**
 * wd_recorder_wait:
 * @self: a recorder that was stopped
 * @milliseconds: at most
 *
 * Returns: whether it has ended. Blocks: only at the end of the program.
 */
gboolean
wd_recorder_wait (WdRecorder *self, guint milliseconds)
{
  return wd_worker_thread_wait (self->thread, milliseconds);
}

/**
 * wd_recorder_free:
 * @self: (transfer full): a recorder
 */
void
wd_recorder_free (WdRecorder *self)
{
  wd_recorder_stop (self);
  g_object_unref (self->thread);
  g_object_unref (self->cancellable);
  g_free (self);
}
