/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests one after the other: each is a promise of its own, so what was done stands whatever
 * becomes of the next. The first that brings an error instead of an answer ends the run: nothing
 * is sent into a silence. */

#include "app/actions/wd-action-run.h"

#include <glib/gi18n-lib.h>

#include "app/wd-inhibition.h"
#include "base/wd-error.h"

/* One of the two. */
typedef struct {
  WdDispatchRequest *dispatch;   /* (owned) (nullable) */
  WdRetryRequest *retry;         /* (owned) (nullable) */
} Batch;

struct _WdActionRun {
  GObject parent_instance;

  WdBackend *backend;            /* (owned) */
  GArray *batches;               /* (owned) (element-type Batch) */
  guint next;                    /* the batch to send next */
  guint n_tried;
  guint n_subjects;
  GCancellable *cancellable;     /* (owned) */
  GError *error;                 /* (owned) (nullable): of the batch before @next */
  WdInhibition *inhibition;      /* (owned) (nullable): while a request is under way */
};

enum {
  SIGNAL_RESULT,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdActionRun, wd_action_run, G_TYPE_OBJECT)

static void send_next (WdActionRun *self);

static void
clear_batch (gpointer data)
{
  Batch *batch = data;

  g_clear_pointer (&batch->dispatch, wd_dispatch_request_free);
  g_clear_pointer (&batch->retry, wd_retry_request_free);
}

static char **
get_subjects (const Batch *batch)
{
  return batch->dispatch != NULL ? batch->dispatch->wallets : batch->retry->ids;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdActionRun) self = data;
  const Batch *batch = &g_array_index (self->batches, Batch, self->next);
  g_autoptr (WdActionResult) answer = NULL;

  answer = batch->dispatch != NULL
             ? wd_backend_dispatch_finish (WD_BACKEND (source), result, &self->error)
             : wd_backend_retry_finish (WD_BACKEND (source), result, &self->error);
  self->n_tried += g_strv_length (get_subjects (batch));
  self->next++;
  if (answer != NULL)
    g_signal_emit (self, signals[SIGNAL_RESULT], 0, answer);
  send_next (self);
}

static void
send_next (WdActionRun *self)
{
  const Batch *batch;

  if (self->error != NULL || self->next == self->batches->len
      || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&self->inhibition, wd_inhibition_free);
      g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
      return;
    }
  batch = &g_array_index (self->batches, Batch, self->next);
  if (batch->dispatch != NULL)
    wd_backend_dispatch_async (self->backend, batch->dispatch, self->cancellable, answered_cb,
                               g_object_ref (self));
  else
    wd_backend_retry_async (self->backend, batch->retry, self->cancellable, answered_cb,
                            g_object_ref (self));
}

static void
wd_action_run_finalize (GObject *object)
{
  WdActionRun *self = WD_ACTION_RUN (object);

  g_array_unref (self->batches);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->backend);
  g_clear_error (&self->error);
  g_clear_pointer (&self->inhibition, wd_inhibition_free);
  G_OBJECT_CLASS (wd_action_run_parent_class)->finalize (object);
}

static void
wd_action_run_class_init (WdActionRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_action_run_finalize;

  /**
   * WdActionRun::result:
   * @result: (type gpointer): a #WdActionResult
   *
   * One more request was answered.
   */
  signals[SIGNAL_RESULT] =
    g_signal_new ("result", WD_TYPE_ACTION_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * WdActionRun::finished:
   *
   * Nothing more is under way: all was tried, or it was stopped, or a request failed.
   */
  signals[SIGNAL_FINISHED] =
    g_signal_new ("finished", WD_TYPE_ACTION_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_action_run_init (WdActionRun *self)
{
  self->batches = g_array_new (FALSE, TRUE, sizeof (Batch));
  g_array_set_clear_func (self->batches, clear_batch);
  self->cancellable = g_cancellable_new ();
}

/**
 * wd_action_run_new:
 * @backend: whom to ask
 *
 * Returns: (transfer full): a run of nothing yet
 */
WdActionRun *
wd_action_run_new (WdBackend *backend)
{
  WdActionRun *self = g_object_new (WD_TYPE_ACTION_RUN, NULL);

  self->backend = g_object_ref (backend);
  return self;
}

static void
add (WdActionRun *self, Batch batch)
{
  g_array_append_val (self->batches, batch);
  self->n_subjects += g_strv_length (get_subjects (&batch));
}

/**
 * wd_action_run_add_dispatch:
 * @self: a run not yet started
 * @request: (transfer full): of at most %WD_ACTION_RUN_BATCH wallets
 */
void
wd_action_run_add_dispatch (WdActionRun *self, WdDispatchRequest *request)
{
  g_return_if_fail (WD_IS_ACTION_RUN (self));

  add (self, (Batch) { .dispatch = request });
}

/**
 * wd_action_run_add_retry:
 * @self: a run not yet started
 * @request: (transfer full): one that names its jobs, at most %WD_ACTION_RUN_BATCH
 */
void
wd_action_run_add_retry (WdActionRun *self, WdRetryRequest *request)
{
  g_return_if_fail (WD_IS_ACTION_RUN (self));

  add (self, (Batch) { .retry = request });
}

/**
 * wd_action_run_start:
 * @self: a run not yet started
 *
 * Sends its requests one after the other. Once: a run is not used again.
 */
void
wd_action_run_start (WdActionRun *self)
{
  g_return_if_fail (WD_IS_ACTION_RUN (self));
  g_return_if_fail (self->next == 0);

  self->inhibition = wd_inhibition_new (_("Jobs are being sent to their queues"));
  send_next (self);
}

/**
 * wd_action_run_stop:
 * @self: a run
 *
 * What was not begun is not. A request under way says what it did before "finished" comes.
 */
void
wd_action_run_stop (WdActionRun *self)
{
  g_return_if_fail (WD_IS_ACTION_RUN (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * wd_action_run_get_n_tried:
 * @self: a run
 *
 * Returns: how many subjects were tried, whatever came of it
 */
guint
wd_action_run_get_n_tried (WdActionRun *self)
{
  g_return_val_if_fail (WD_IS_ACTION_RUN (self), 0);

  return self->n_tried;
}

/**
 * wd_action_run_get_n_subjects:
 * @self: a run
 *
 * Returns: how many subjects its requests name
 */
guint
wd_action_run_get_n_subjects (WdActionRun *self)
{
  g_return_val_if_fail (WD_IS_ACTION_RUN (self), 0);

  return self->n_subjects;
}

/**
 * wd_action_run_get_error:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): what ended it early
 */
const GError *
wd_action_run_get_error (WdActionRun *self)
{
  g_return_val_if_fail (WD_IS_ACTION_RUN (self), NULL);

  return self->error;
}

/**
 * wd_action_run_get_failed:
 * @self: a run
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): the subjects of the request that
 *   the error is about
 */
char **
wd_action_run_get_failed (WdActionRun *self)
{
  g_return_val_if_fail (WD_IS_ACTION_RUN (self), NULL);

  return self->error != NULL ? get_subjects (&g_array_index (self->batches, Batch, self->next - 1))
                             : NULL;
}
