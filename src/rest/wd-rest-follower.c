/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bulk run goes on at the remote dashboard, whatever becomes of whoever told it to: who follows
 * it looks now and then how far it is. A connection that is lost ends the following and not the
 * run, so it is kept in mind which runs were told to go on: who takes one up again looks first, and
 * leaves alone what somebody has paused meanwhile. A cancel pauses the run over there. */

#include "rest/wd-rest-follower.h"

#include <glib/gi18n-lib.h>

#include "base/wd-cancel-source.h"
#include "base/wd-error.h"
#include "rest/wd-rest-backend-private.h"
#include "rest/wd-rest-bulk.h"

/* Between two looks: soon at first, since many runs are short. */
#define FIRST_MS   200
#define LONGEST_MS 2000

/* Looks until whoever was told to go on is at it. */
#define PATIENCE 12

struct _WdRestFollowers {
  GHashTable *begun;           /* (owned) (element-type utf8): told to go on, end not known */
  GPtrArray *all;              /* (element-type Follower): those that are not answered yet */
};

typedef struct {
  WdRestFollowers *followers;  /* (unowned): the backend's, which the task holds */
  GTask *task;                 /* (owned) */
  char *id;                    /* (owned) */
  WdBulkProgress progress;     /* (nullable) */
  gpointer progress_data;
  GCancellable *looking;       /* (owned): ends looks that nobody waits for */
  GSource *timer;              /* (owned) (nullable): until the next look */
  GSource *cancelled;          /* (owned) (nullable): until somebody wants it paused */
  WdBulkRun *done;             /* (owned) (nullable): while its report is read */
  guint wait_ms;
  guint n_calls;               /* under way */
  guint n_idle;                /* looks that saw nobody at it */
  gboolean seen;               /* somebody at it */
  gboolean pausing;
  gboolean answered;
} Follower;

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Not before the last call is back. */
static void
maybe_free (Follower *self)
{
  if (!self->answered || self->n_calls > 0)
    return;
  g_clear_pointer (&self->done, wd_bulk_run_unref);
  g_object_unref (self->looking);
  g_object_unref (self->task);
  g_free (self->id);
  g_free (self);
}

static void
end (Follower *self)
{
  self->answered = TRUE;
  clear_source (&self->timer);
  clear_source (&self->cancelled);
  g_cancellable_cancel (self->looking);
  g_ptr_array_remove (self->followers->all, self);
}

/* Takes @error over. Whether it goes on is not known where that may pass. */
static void
fail (Follower *self, GError *error)
{
  if (!wd_error_may_pass (error) && !wd_error_is_cancelled (error))
    g_hash_table_remove (self->followers->begun, self->id);
  end (self);
  g_task_return_error (self->task, error);
}

static void
finish (Follower *self, WdBulkRun *run)
{
  g_hash_table_remove (self->followers->begun, self->id);
  end (self);
  g_task_return_pointer (self->task, wd_bulk_run_ref (run), (GDestroyNotify) wd_bulk_run_unref);
}

static void
ask (Follower *self, WdRestLane lane, WdWorkerFunc func, GCancellable *cancellable,
     GAsyncReadyCallback callback)
{
  WdBackend *backend = g_task_get_source_object (self->task);
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, self);
  WdRestCall *call = wd_rest_call_new ();

  call->text = g_strdup (self->id);
  call->begun = g_hash_table_contains (self->followers->begun, self->id);
  self->n_calls++;
  wd_rest_backend_push (backend, lane, task, call, func);
}

/* Returns: (transfer full) (nullable): what came of a call */
static WdBulkRun *
take (Follower *self, GAsyncResult *result, GError **error)
{
  self->n_calls--;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GSource *
attach (Follower *self, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_task_get_context (self->task));
  return source;
}

static void follow (Follower *self, WdBulkRun *run);

/* Of a look that failed, also the first one after a connection was lost. */
static void
lose_sight (Follower *self, GError *error)
{
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION)
      || g_error_matches (error, WD_ERROR, WD_ERROR_TIMED_OUT))
    g_prefix_error (&error, _("The remote dashboard goes on with it by itself; how far it is "
                              "cannot be seen now: "));
  fail (self, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Follower *self = data;
  GError *error = NULL;
  g_autoptr (WdBulkRun) run = take (self, result, &error);

  if (self->answered || self->pausing)
    g_clear_error (&error);
  else if (run != NULL)
    follow (self, run);
  else
    lose_sight (self, error);
  maybe_free (self);
}

static gboolean
look_cb (gpointer data)
{
  Follower *self = data;

  clear_source (&self->timer);
  self->wait_ms = MIN (self->wait_ms * 3 / 2, LONGEST_MS);
  ask (self, WD_REST_WATCH, wd_rest_call_look_bulk, self->looking, looked_cb);
  return G_SOURCE_REMOVE;
}

/* What is done is done, whether its report can be read or not. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Follower *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = take (self, result, &error);

  if (!self->answered)
    finish (self, run != NULL ? run : self->done);
  maybe_free (self);
}

static void
take_done (Follower *self, WdBulkRun *run)
{
  if (run->counts != NULL)
    {
      finish (self, run);
      return;
    }
  self->done = wd_bulk_run_ref (run);
  ask (self, WD_REST_LISTS, wd_rest_call_load_bulk, self->looking, loaded_cb);
}

static void
fail_at_rest (Follower *self, const WdBulkRun *run)
{
  GError *error = NULL;

  if (run->state == WD_BULK_FROZEN || run->state == WD_BULK_RUNNING)
    g_set_error_literal (&error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                         _("The remote dashboard does not work on it: its service ended, or cannot "
                           "reach its database"));
  else
    wd_rest_bulk_explain (run, &error);
  fail (self, error);
}

/* Told how it stands. */
static void
follow (Follower *self, WdBulkRun *run)
{
  self->seen |= run->is_running;
  if (run->state == WD_BULK_DONE)
    take_done (self, run);
  else if (run->state != WD_BULK_DISCARDED
           && (run->is_running || (!self->seen && ++self->n_idle <= PATIENCE)))
    {
      g_hash_table_add (self->followers->begun, g_strdup (self->id));
      if (self->progress != NULL)
        self->progress (run->done, run->refused, run->total, self->progress_data);
      self->timer = attach (self, g_timeout_source_new (self->wait_ms), look_cb);
    }
  else
    fail_at_rest (self, run);
}

static void
gone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Follower *self = data;
  GError *error = NULL;
  g_autoptr (WdBulkRun) run = take (self, result, &error);
  gboolean begun = g_hash_table_contains (self->followers->begun, self->id);

  if (g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    g_hash_table_add (self->followers->begun, g_strdup (self->id));
  if (self->answered || self->pausing)
    g_clear_error (&error);
  else if (run != NULL)
    follow (self, run);
  else if (begun)
    lose_sight (self, error);
  else
    fail (self, error);
  maybe_free (self);
}

static void
paused_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Follower *self = data;
  GError *error = NULL;
  g_autoptr (WdBulkRun) run = take (self, result, &error);

  if (self->answered)
    g_clear_error (&error);
  else if (run == NULL)
    fail (self, error);
  else if (run->state == WD_BULK_DONE)
    finish (self, run);
  else
    {
      g_hash_table_remove (self->followers->begun, self->id);
      fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                       _("The bulk run was paused")));
    }
  maybe_free (self);
}

/* Behind the order to go on, where that is still under way. */
static gboolean
cancelled_cb (gpointer data)
{
  Follower *self = data;

  clear_source (&self->cancelled);
  clear_source (&self->timer);
  self->pausing = TRUE;
  ask (self, WD_REST_WRITES, wd_rest_call_pause_bulk, NULL, paused_cb);
  return G_SOURCE_REMOVE;
}

/**
 * wd_rest_followers_new:
 *
 * Returns: (transfer full): nobody yet
 */
WdRestFollowers *
wd_rest_followers_new (void)
{
  WdRestFollowers *self = g_new0 (WdRestFollowers, 1);

  self->begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->all = g_ptr_array_new ();
  return self;
}

/**
 * wd_rest_followers_free:
 * @self: (transfer full): a backend's, which nobody asks any more
 */
void
wd_rest_followers_free (WdRestFollowers *self)
{
  g_hash_table_unref (self->begun);
  g_ptr_array_unref (self->all);
  g_free (self);
}

/**
 * wd_rest_followers_add:
 * @self: a backend's
 * @id: of a run
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 * @task: the backend's: returned with the #WdBulkRun once it is done
 *
 * Lets a run go on and follows it. The task's cancellable pauses it.
 */
void
wd_rest_followers_add (WdRestFollowers *self, const char *id, WdBulkProgress progress,
                       gpointer progress_data, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Follower *follower;

  if (g_task_return_error_if_cancelled (task))
    return;
  follower = g_new0 (Follower, 1);
  follower->followers = self;
  follower->task = g_object_ref (task);
  follower->id = g_strdup (id);
  follower->progress = progress;
  follower->progress_data = progress_data;
  follower->looking = g_cancellable_new ();
  follower->wait_ms = FIRST_MS;
  g_ptr_array_add (self->all, follower);
  if (cancellable != NULL)
    follower->cancelled = attach (follower, wd_cancel_source_new (cancellable), cancelled_cb);
  ask (follower, WD_REST_WRITES, wd_rest_call_go_bulk, NULL, gone_cb);
}

/**
 * wd_rest_followers_leave:
 * @self: a backend's
 *
 * Nobody wants to know any more how far they are: each is answered with %G_IO_ERROR_CANCELLED and
 * goes on where it is.
 */
void
wd_rest_followers_leave (WdRestFollowers *self)
{
  while (self->all->len > 0)
    {
      Follower *follower = self->all->pdata[0];

      fail (follower, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                           _("The bulk run goes on at the remote dashboard")));
      maybe_free (follower);
    }
}
