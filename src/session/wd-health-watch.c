/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong, read now and then. Much of it comes about by time alone, without a change that is
 * told of, so it is read every half minute, where nobody shows it and nothing changes every minute;
 * while it is on screen also soon after a change, but not with each of many. */

#include "session/wd-health-watch.h"

#include "base/wd-error.h"

#define SHOWN_US (5 * G_USEC_PER_SEC)
#define LATER_US (G_USEC_PER_SEC / 2)
#define USUAL_US (30 * G_USEC_PER_SEC)
#define QUIET_US (60 * G_USEC_PER_SEC)

struct _WdHealthWatch {
  GObject parent_instance;

  WdBackend *backend;        /* (owned) */
  WdHealth *health;          /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): of the last request */
  GCancellable *request;     /* (owned) (nullable) */
  gint64 asked_at;           /* monotonic, or 0 */
  guint n_holds;             /* how many show it */
  guint later;               /* source of the look that was too early, or 0 */
  gboolean changed;          /* something has, since it was last asked for */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdHealthWatch, wd_health_watch, G_TYPE_OBJECT)

static void
health_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdHealthWatch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdHealth) health = wd_backend_load_health_finish (WD_BACKEND (source), result,
                                                               &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  if (health != NULL)
    {
      g_clear_pointer (&self->health, wd_health_unref);
      self->health = g_steal_pointer (&health);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gint64
choose_pause (WdHealthWatch *self)
{
  gboolean shown = self->n_holds > 0;

  if (shown && self->changed)
    return SHOWN_US;
  return shown || self->changed ? USUAL_US : QUIET_US;
}

static void look (WdHealthWatch *self);

static gboolean
later_cb (gpointer data)
{
  WdHealthWatch *self = data;

  self->later = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* A change that is shown is not left to the next tick, which may be a minute away. */
static void
look (WdHealthWatch *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 left = self->asked_at != 0 ? self->asked_at + choose_pause (self) - now : 0;

  if (self->request != NULL || left > 0)
    {
      if (self->changed && self->n_holds > 0 && self->later == 0)
        self->later = g_timeout_add ((guint) (MAX (left, LATER_US) / 1000), later_cb, self);
      return;
    }
  g_clear_handle_id (&self->later, g_source_remove);
  self->changed = FALSE;
  self->asked_at = now;
  self->request = g_cancellable_new ();
  wd_backend_load_health_async (self->backend, self->request, health_cb, g_object_ref (self));
}

static void
wd_health_watch_dispose (GObject *object)
{
  WdHealthWatch *self = WD_HEALTH_WATCH (object);

  g_clear_handle_id (&self->later, g_source_remove);
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  G_OBJECT_CLASS (wd_health_watch_parent_class)->dispose (object);
}

static void
wd_health_watch_finalize (GObject *object)
{
  WdHealthWatch *self = WD_HEALTH_WATCH (object);

  g_clear_pointer (&self->health, wd_health_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (wd_health_watch_parent_class)->finalize (object);
}

static void
wd_health_watch_class_init (WdHealthWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_health_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_health_watch_finalize;

  /**
   * WdHealthWatch::changed:
   *
   * It was read, or could not be.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_HEALTH_WATCH, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_health_watch_init (WdHealthWatch *self)
{
}

/**
 * wd_health_watch_new:
 * @backend: whom to ask
 *
 * Returns: (transfer full): a watch that has not looked yet
 */
WdHealthWatch *
wd_health_watch_new (WdBackend *backend)
{
  WdHealthWatch *self = g_object_new (WD_TYPE_HEALTH_WATCH, NULL);

  self->backend = g_object_ref (backend);
  return self;
}

/**
 * wd_health_watch_get_health:
 * @self: a watch
 *
 * Returns: (transfer none) (nullable): what was wrong when it last could be read
 */
WdHealth *
wd_health_watch_get_health (WdHealthWatch *self)
{
  g_return_val_if_fail (WD_IS_HEALTH_WATCH (self), NULL);

  return self->health;
}

/**
 * wd_health_watch_get_error:
 * @self: a watch
 *
 * Returns: (transfer none) (nullable): why it could not be read the last time
 */
const GError *
wd_health_watch_get_error (WdHealthWatch *self)
{
  g_return_val_if_fail (WD_IS_HEALTH_WATCH (self), NULL);

  return self->error;
}

/**
 * wd_health_watch_hold:
 * @self: a watch
 *
 * For whoever shows it, until wd_health_watch_release().
 */
void
wd_health_watch_hold (WdHealthWatch *self)
{
  g_return_if_fail (WD_IS_HEALTH_WATCH (self));

  self->n_holds++;
}

/**
 * wd_health_watch_release:
 * @self: a watch that is held
 */
void
wd_health_watch_release (WdHealthWatch *self)
{
  g_return_if_fail (WD_IS_HEALTH_WATCH (self));
  g_return_if_fail (self->n_holds > 0);

  self->n_holds--;
}

/**
 * wd_health_watch_changed:
 * @self: a watch
 *
 * Something may be other than it was. Looks at once if it is time to.
 */
void
wd_health_watch_changed (WdHealthWatch *self)
{
  g_return_if_fail (WD_IS_HEALTH_WATCH (self));

  self->changed = TRUE;
  look (self);
}

/**
 * wd_health_watch_tick:
 * @self: a watch
 *
 * To be called every few seconds while somebody looks.
 */
void
wd_health_watch_tick (WdHealthWatch *self)
{
  g_return_if_fail (WD_IS_HEALTH_WATCH (self));

  look (self);
}
