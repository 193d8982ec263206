/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a run did is written in the database, by whoever works on it; this keeps the last that was
 * heard. A server that goes away ends the backend's call but not the wish: the call is made again
 * after a while that grows, until somebody pauses it or somebody else has taken it over. */

#include "session/wd-bulk-work-private.h"

#include "base/wd-error.h"

/* Between two tries while a server is gone. */
#define MAX_WAIT_S 30

/* So long our own heartbeat may look like somebody else's, when the run could not be left. */
#define STALE_US (65 * G_USEC_PER_SEC)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdBulkWork, wd_bulk_work, G_TYPE_OBJECT)

static void start (WdBulkWork *self);
static void discard (WdBulkWork *self);

static void
set_state (WdBulkWork *self, WdBulkWorkState state)
{
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
take_numbers (WdBulkWork *self, gint64 done, gint64 refused)
{
  self->done = done;
  self->refused = refused;
  wd_pace_add (self->pace, g_get_monotonic_time (), done + refused);
}

static void
set_run (WdBulkWork *self, WdBulkRun *run)
{
  wd_bulk_run_ref (run);
  g_clear_pointer (&self->run, wd_bulk_run_unref);
  self->run = run;
  self->done = run->done;
  self->refused = run->refused;
}

static void
progress_cb (gint64 done, gint64 refused, gint64 total, gpointer data)
{
  WdBulkWork *self = data;

  take_numbers (self, done, refused);
  self->n_tries = 0;
}

/* Either goes on or, where it is to be stopped, gives up what is left. */
static gboolean
wait_cb (gpointer data)
{
  WdBulkWork *self = data;

  self->wait_source = 0;
  if (self->state == WD_BULK_WORK_STOPPING)
    discard (self);
  else
    start (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_server (WdBulkWork *self)
{
  gint32 seconds = MIN (1 << MIN (self->n_tries, 5), MAX_WAIT_S);
  /* Many clients lose a server at the same moment. */
  guint ms = (guint) g_random_int_range (seconds * 750, seconds * 1250);

  self->n_tries++;
  self->wait_until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  self->wait_source = g_timeout_add (ms, wait_cb, self);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkWork) self = data;
  g_autoptr (WdBulkRun) run = NULL;

  g_clear_error (&self->error);
  run = wd_backend_discard_bulk_finish (WD_BACKEND (source), result, &self->error);
  if (run != NULL)
    set_run (self, run);
  if (run == NULL && wd_error_may_pass (self->error))
    wait_for_server (self);
  else
    set_state (self, run != NULL ? WD_BULK_WORK_ENDED : WD_BULK_WORK_PAUSED);
}

/* Whether nobody works on it now is said by what comes next. */
static void
let_rest_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdBulkWork *self = data;
  g_autoptr (WdBulkRun) run = wd_backend_pause_bulk_finish (WD_BACKEND (source), result, NULL);

  wd_backend_discard_bulk_async (self->backend, self->run->id, NULL, discarded_cb, self);
}

/* What goes on elsewhere has to rest before. */
static void
discard (WdBulkWork *self)
{
  set_state (self, WD_BULK_WORK_STOPPING);
  if (wd_backend_bulk_goes_on (self->backend))
    wd_backend_pause_bulk_async (self->backend, self->run->id, NULL, let_rest_cb,
                                 g_object_ref (self));
  else
    wd_backend_discard_bulk_async (self->backend, self->run->id, NULL, discarded_cb,
                                   g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkWork) self = data;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, NULL);

  if (run != NULL)
    wd_bulk_work_take_run (self, run);
}

/* It did not come to its end. What it did may be more than was heard of. */
static void
interrupted (WdBulkWork *self)
{
  gboolean may_pass = wd_error_may_pass (self->error);

  if (may_pass && !g_error_matches (self->error, WD_ERROR, WD_ERROR_BUSY))
    self->stale_until = g_get_monotonic_time () + STALE_US;
  if (self->state == WD_BULK_WORK_STOPPING)
    {
      discard (self);
      return;
    }
  if (self->state == WD_BULK_WORK_RUNNING && may_pass)
    wait_for_server (self);
  set_state (self, self->wait_source != 0 ? WD_BULK_WORK_WAITING : WD_BULK_WORK_PAUSED);
  wd_backend_load_bulk_async (self->backend, self->run->id, NULL, read_cb, g_object_ref (self));
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkWork) self = data;
  g_autoptr (WdBulkRun) run = NULL;

  g_clear_object (&self->cancellable);
  run = wd_backend_run_bulk_finish (WD_BACKEND (source), result, &self->error);
  if (wd_error_is_cancelled (self->error))
    g_clear_error (&self->error);
  if (run == NULL)
    {
      interrupted (self);
      return;
    }
  set_run (self, run);
  set_state (self, WD_BULK_WORK_ENDED);
}

static void
start (WdBulkWork *self)
{
  g_clear_error (&self->error);
  wd_pace_reset (self->pace);
  take_numbers (self, self->done, self->refused);
  self->cancellable = g_cancellable_new ();
  set_state (self, WD_BULK_WORK_RUNNING);
  wd_backend_run_bulk_async (self->backend, self->run->id, progress_cb, self, self->cancellable,
                             ran_cb, g_object_ref (self));
}

/* It was others' until somebody here wanted it to rest. */
static void
rested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkWork) self = data;
  g_autoptr (WdBulkRun) run = NULL;
  g_autoptr (GError) error = NULL;

  run = wd_backend_pause_bulk_finish (WD_BACKEND (source), result, &error);
  /* It is being given up meanwhile. */
  if (self->state != WD_BULK_WORK_PAUSING)
    return;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  if (run == NULL)
    {
      set_state (self, WD_BULK_WORK_OTHERS);
      return;
    }
  set_run (self, run);
  set_state (self, run->state == WD_BULK_DONE || run->state == WD_BULK_DISCARDED
                     ? WD_BULK_WORK_ENDED : WD_BULK_WORK_FOUND);
}

static void
wd_bulk_work_dispose (GObject *object)
{
  g_clear_handle_id (&WD_BULK_WORK (object)->wait_source, g_source_remove);
  G_OBJECT_CLASS (wd_bulk_work_parent_class)->dispose (object);
}

static void
wd_bulk_work_finalize (GObject *object)
{
  WdBulkWork *self = WD_BULK_WORK (object);

  wd_pace_free (self->pace);
  g_clear_pointer (&self->run, wd_bulk_run_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (wd_bulk_work_parent_class)->finalize (object);
}

static void
wd_bulk_work_class_init (WdBulkWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_bulk_work_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_bulk_work_finalize;

  /**
   * WdBulkWork::changed:
   *
   * It is in another state, or its run was read again. Numbers alone move on without.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_BULK_WORK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_bulk_work_init (WdBulkWork *self)
{
  self->pace = wd_pace_new ();
}

/**
 * wd_bulk_work_new:
 * @backend: whose run
 * @run: as it was read
 *
 * Returns: (transfer full): a run that nobody works on here yet
 */
WdBulkWork *
wd_bulk_work_new (WdBackend *backend, WdBulkRun *run)
{
  WdBulkWork *self;

  g_return_val_if_fail (WD_IS_BACKEND (backend) && run != NULL, NULL);

  self = g_object_new (WD_TYPE_BULK_WORK, NULL);
  self->backend = g_object_ref (backend);
  set_run (self, run);
  self->state = run->is_running ? WD_BULK_WORK_OTHERS : WD_BULK_WORK_FOUND;
  return self;
}

/**
 * wd_bulk_work_go_on:
 * @self: a run that rests, waits or was found
 *
 * Works on what is left of it, from here, whatever becomes of the connection meanwhile.
 */
void
wd_bulk_work_go_on (WdBulkWork *self)
{
  g_return_if_fail (WD_IS_BULK_WORK (self));
  g_return_if_fail (self->cancellable == NULL && self->state != WD_BULK_WORK_ENDED);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->n_tries = 0;
  start (self);
}

/**
 * wd_bulk_work_pause:
 * @self: a run
 *
 * Rests after the slice under way. Does nothing to one that is not worked on here, unless its
 * backend's runs go on without this program: that can be told to pause it.
 */
void
wd_bulk_work_pause (WdBulkWork *self)
{
  gboolean goes_on;

  g_return_if_fail (WD_IS_BULK_WORK (self));

  goes_on = wd_backend_bulk_goes_on (self->backend);
  if (self->wait_source != 0)
    {
      g_clear_handle_id (&self->wait_source, g_source_remove);
      if (!goes_on)
        set_state (self, WD_BULK_WORK_PAUSED);
    }
  if (goes_on && (self->state == WD_BULK_WORK_OTHERS || self->state == WD_BULK_WORK_WAITING))
    {
      set_state (self, WD_BULK_WORK_PAUSING);
      wd_backend_pause_bulk_async (self->backend, self->run->id, NULL, rested_cb,
                                   g_object_ref (self));
      return;
    }
  if (self->state != WD_BULK_WORK_RUNNING)
    return;
  g_cancellable_cancel (self->cancellable);
  set_state (self, WD_BULK_WORK_PAUSING);
}

/**
 * wd_bulk_work_leave:
 * @self: a run of a backend whose runs go on without this program
 *
 * Does not wait for its server any more.
 */
void
wd_bulk_work_leave (WdBulkWork *self)
{
  g_return_if_fail (WD_IS_BULK_WORK (self));

  if (self->wait_source == 0)
    return;
  g_clear_handle_id (&self->wait_source, g_source_remove);
  set_state (self, WD_BULK_WORK_FOUND);
}

/**
 * wd_bulk_work_stop:
 * @self: a run that has not ended
 *
 * Gives up what is left of it after the slice under way: nobody can go on with it. What was done
 * stands.
 */
void
wd_bulk_work_stop (WdBulkWork *self)
{
  g_return_if_fail (WD_IS_BULK_WORK (self));
  g_return_if_fail (self->state != WD_BULK_WORK_ENDED && self->state != WD_BULK_WORK_STOPPING);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->n_tries = 0;
  if (self->cancellable == NULL)
    {
      discard (self);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  set_state (self, WD_BULK_WORK_STOPPING);
}

/**
 * wd_bulk_work_take_run:
 * @self: a run
 * @run: the same, read just now
 *
 * What is worked on here is better known here; else this tells who works on it and how far it is.
 */
void
wd_bulk_work_take_run (WdBulkWork *self, WdBulkRun *run)
{
  WdBulkWorkState state;

  g_return_if_fail (WD_IS_BULK_WORK (self));
  g_return_if_fail (run != NULL);

  state = self->state;
  if (self->cancellable != NULL || state == WD_BULK_WORK_STOPPING || state == WD_BULK_WORK_ENDED
      || state == WD_BULK_WORK_PAUSING)
    return;
  set_run (self, run);
  if (run->state == WD_BULK_DONE || run->state == WD_BULK_DISCARDED)
    state = WD_BULK_WORK_ENDED;
  else if (run->is_running && g_get_monotonic_time () >= self->stale_until)
    {
      /* Why it did not go on here is that it does so there. */
      if (state != WD_BULK_WORK_OTHERS)
        g_clear_error (&self->error);
      state = WD_BULK_WORK_OTHERS;
    }
  else if (state == WD_BULK_WORK_OTHERS && !run->is_running)
    state = WD_BULK_WORK_FOUND;
  if (state != WD_BULK_WORK_WAITING)
    g_clear_handle_id (&self->wait_source, g_source_remove);
  set_state (self, state);
}
