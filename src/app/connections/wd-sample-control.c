/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens sample data as a connection that is not saved, and ends them when they are left. */

#include "app/connections/wd-sample-control.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "sample/wd-sample.h"

struct _WdSampleControl {
  GObject parent_instance;

  WdConnections *connections; /* not owned (nullable): the owner of this, until it goes */
  WdSample *sample;           /* (owned) (nullable): while it is started or open */
  GCancellable *starting;     /* (owned) (nullable) */
  char *step;                 /* (owned) (nullable): what is being done */
  GError *error;              /* (owned) (nullable): why it did not start, or ended */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdSampleControl, wd_sample_control, G_TYPE_OBJECT)

static void
set_state (WdSampleControl *self, const char *step, const GError *error)
{
  char *copy = g_strdup (step);

  g_free (self->step);
  self->step = copy;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The connection first, so that nothing is asked of servers that are gone. */
static void
end (WdSampleControl *self)
{
  g_autoptr (WdSample) sample = g_steal_pointer (&self->sample);

  if (self->starting != NULL)
    g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  if (sample == NULL)
    return;
  if (self->connections != NULL)
    wd_connections_close_sample (self->connections);
  wd_sample_stop (sample);
}

static void
step_cb (WdSampleControl *self, const char *step)
{
  if (self->starting != NULL)
    set_state (self, step, NULL);
}

static void
ended_cb (WdSampleControl *self, const GError *error)
{
  set_state (self, NULL, error);
  end (self);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdSampleControl) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdProfile) profile = wd_sample_start_finish (WD_SAMPLE (source), result, &error);

  /* It was left, and perhaps begun again, while the answer was on its way. */
  if (WD_SAMPLE (source) != self->sample)
    {
      wd_sample_stop (WD_SAMPLE (source));
      return;
    }
  g_clear_object (&self->starting);
  if (profile == NULL)
    {
      g_clear_object (&self->sample);
      set_state (self, NULL, wd_error_is_cancelled (error) ? NULL : error);
      return;
    }
  wd_connections_open_profile (self->connections, profile);
  set_state (self, NULL, NULL);
}

/* Whoever opened another connection meanwhile is not taken away from it. */
static void
opened_cb (WdSampleControl *self)
{
  if (self->starting != NULL)
    wd_sample_control_cancel (self);
}

static void
wd_sample_control_dispose (GObject *object)
{
  WdSampleControl *self = WD_SAMPLE_CONTROL (object);

  self->connections = NULL;
  end (self);
  G_OBJECT_CLASS (wd_sample_control_parent_class)->dispose (object);
}

static void
wd_sample_control_finalize (GObject *object)
{
  WdSampleControl *self = WD_SAMPLE_CONTROL (object);

  g_free (self->step);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wd_sample_control_parent_class)->finalize (object);
}

static void
wd_sample_control_class_init (WdSampleControlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_sample_control_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_sample_control_finalize;

  /* What is being done, or why it is not done any more. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_SAMPLE_CONTROL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_sample_control_init (WdSampleControl *self)
{
}

/**
 * wd_sample_control_new:
 * @connections: where sample data are opened; owns this
 *
 * Returns: (transfer full): what starts and ends them; they end with it
 */
WdSampleControl *
wd_sample_control_new (WdConnections *connections)
{
  WdSampleControl *self = g_object_new (WD_TYPE_SAMPLE_CONTROL, NULL);

  self->connections = connections;
  g_signal_connect_object (connections, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_sample_control_start:
 * @self: a control
 *
 * Starts sample data, new ones each time, and opens them; those that there are are shown again.
 * Does nothing where the environment names a connection.
 */
void
wd_sample_control_start (WdSampleControl *self)
{
  g_return_if_fail (WD_IS_SAMPLE_CONTROL (self));

  if (self->sample != NULL && self->starting == NULL)
    wd_connections_open (self->connections, "", FALSE);
  if (self->sample != NULL || wd_connections_get_passing (self->connections) != NULL)
    return;
  self->sample = wd_sample_new ();
  self->starting = g_cancellable_new ();
  g_signal_connect_object (self->sample, "step", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sample, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  set_state (self, _("Starting…"), NULL);
  wd_sample_start_async (self->sample, self->starting, started_cb, g_object_ref (self));
}

/**
 * wd_sample_control_cancel:
 * @self: a control
 *
 * Gives up a start; what was begun is cleared up.
 */
void
wd_sample_control_cancel (WdSampleControl *self)
{
  g_return_if_fail (WD_IS_SAMPLE_CONTROL (self));

  if (self->starting == NULL)
    return;
  g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  g_clear_object (&self->sample);
  set_state (self, NULL, NULL);
}

/**
 * wd_sample_control_leave:
 * @self: a control
 *
 * Closes the sample data and ends their servers, and with them what was done there.
 */
void
wd_sample_control_leave (WdSampleControl *self)
{
  g_return_if_fail (WD_IS_SAMPLE_CONTROL (self));

  end (self);
  set_state (self, NULL, NULL);
}

/**
 * wd_sample_control_get_step:
 * @self: a control
 *
 * Returns: (transfer none) (nullable): what is being done while they are started
 */
const char *
wd_sample_control_get_step (WdSampleControl *self)
{
  g_return_val_if_fail (WD_IS_SAMPLE_CONTROL (self), NULL);

  return self->step;
}

/**
 * wd_sample_control_get_error:
 * @self: a control
 *
 * Returns: (transfer none) (nullable): why they did not start, or ended by themselves
 */
const GError *
wd_sample_control_get_error (WdSampleControl *self)
{
  g_return_val_if_fail (WD_IS_SAMPLE_CONTROL (self), NULL);

  return self->error;
}
