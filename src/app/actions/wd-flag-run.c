/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sets a flag of many wallets in parts, each a transaction of its own: few enough to tell progress
 * and to stop soon, and what was done stands whatever becomes of the next. The first error ends
 * the run. */

#include "app/actions/wd-flag-run.h"

#include "app/actions/wd-action-run.h"

struct _WdFlagRun {
  GObject parent_instance;

  WdBackend *backend;            /* (owned) */
  WdFlagRequest *request;        /* (owned): the whole */
  guint n_tried;                 /* of its changes */
  guint n_sent;                  /* with what is under way */
  GPtrArray *parts;              /* (owned) (element-type WdFlagResult): one an answer */
  WdFlagResult *result;          /* (owned): all of @parts, whose records it refers to */
  GCancellable *cancellable;     /* (owned) */
  GError *error;                 /* (owned) (nullable) */
};

enum {
  SIGNAL_PROGRESS,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdFlagRun, wd_flag_run, G_TYPE_OBJECT)

static void send_next (WdFlagRun *self);

/* The parts own what they say of each wallet. */
static void
add_part (WdFlagRun *self, WdFlagResult *part)
{
  g_ptr_array_add (self->parts, part);
  g_ptr_array_extend (self->result->changed, part->changed, NULL, NULL);
  g_ptr_array_extend (self->result->left, part->left, NULL, NULL);
  self->result->n_same += part->n_same;
}

static void
answered_cb (GObject *source, GAsyncResult *answer, gpointer data)
{
  g_autoptr (WdFlagRun) self = data;
  WdFlagResult *part = wd_backend_change_flag_finish (WD_BACKEND (source), answer, &self->error);

  self->n_tried = self->n_sent;
  if (part != NULL)
    add_part (self, part);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  send_next (self);
}

static void
send_next (WdFlagRun *self)
{
  g_autoptr (WdFlagRequest) part = NULL;

  if (self->error != NULL || self->n_sent == self->request->changes->len
      || g_cancellable_is_cancelled (self->cancellable))
    {
      g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
      return;
    }
  part = wd_flag_request_new_part (self->request, self->n_sent, WD_ACTION_RUN_BATCH);
  self->n_sent += part->changes->len;
  wd_backend_change_flag_async (self->backend, part, self->cancellable, answered_cb,
                                g_object_ref (self));
}

static void
wd_flag_run_finalize (GObject *object)
{
  WdFlagRun *self = WD_FLAG_RUN (object);

  wd_flag_result_unref (self->result);
  g_ptr_array_unref (self->parts);
  wd_flag_request_free (self->request);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (wd_flag_run_parent_class)->finalize (object);
}

static void
wd_flag_run_class_init (WdFlagRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_flag_run_finalize;

  /* One more part was answered. */
  signals[SIGNAL_PROGRESS] =
    g_signal_new ("progress", WD_TYPE_FLAG_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /* Nothing more is under way: all was tried, or it was stopped, or a part failed. */
  signals[SIGNAL_FINISHED] =
    g_signal_new ("finished", WD_TYPE_FLAG_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_flag_run_init (WdFlagRun *self)
{
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_flag_result_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * wd_flag_run_new:
 * @backend: whom to ask
 * @request: all that is to be changed
 *
 * Returns: (transfer full): a run not yet started
 */
WdFlagRun *
wd_flag_run_new (WdBackend *backend, const WdFlagRequest *request)
{
  WdFlagRun *self = g_object_new (WD_TYPE_FLAG_RUN, NULL);

  self->backend = g_object_ref (backend);
  self->request = wd_flag_request_copy (request);
  self->result = wd_flag_result_create (request->flag);
  g_ptr_array_set_free_func (self->result->changed, NULL);
  g_ptr_array_set_free_func (self->result->left, NULL);
  return self;
}

/**
 * wd_flag_run_start:
 * @self: a run not yet started
 */
void
wd_flag_run_start (WdFlagRun *self)
{
  g_return_if_fail (WD_IS_FLAG_RUN (self));
  g_return_if_fail (self->n_sent == 0);

  send_next (self);
}

/**
 * wd_flag_run_stop:
 * @self: a run
 *
 * What was not begun is not. A part under way says what it did before "finished" comes.
 */
void
wd_flag_run_stop (WdFlagRun *self)
{
  g_return_if_fail (WD_IS_FLAG_RUN (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * wd_flag_run_get_n_tried:
 * @self: a run
 *
 * Returns: how many wallets were tried, whatever came of it
 */
guint
wd_flag_run_get_n_tried (WdFlagRun *self)
{
  g_return_val_if_fail (WD_IS_FLAG_RUN (self), 0);

  return self->n_tried;
}

/**
 * wd_flag_run_get_request:
 * @self: a run
 *
 * Returns: (transfer none): all that is to be changed
 */
const WdFlagRequest *
wd_flag_run_get_request (WdFlagRun *self)
{
  g_return_val_if_fail (WD_IS_FLAG_RUN (self), NULL);

  return self->request;
}

/**
 * wd_flag_run_get_result:
 * @self: a run
 *
 * Returns: (transfer none): what was done until now; it must not outlive @self
 */
WdFlagResult *
wd_flag_run_get_result (WdFlagRun *self)
{
  g_return_val_if_fail (WD_IS_FLAG_RUN (self), NULL);

  return self->result;
}

/**
 * wd_flag_run_get_error:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): what ended it early
 */
const GError *
wd_flag_run_get_error (WdFlagRun *self)
{
  g_return_val_if_fail (WD_IS_FLAG_RUN (self), NULL);

  return self->error;
}
