/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes up what others left undelivered. A program that died between writing a job's row and
 * queueing it leaves an entry in the outbox; a window that stands open is the first to notice. It
 * sends only what can be sent safely, leaves entries younger than ten seconds to whoever made
 * them, and does not try more often than every ten seconds. */

#include "session/wd-courier.h"

#include "base/wd-error.h"
#include "base/wd-fault.h"

#define MIN_AGE_MS 10000
#define PAUSE_US   (10 * G_USEC_PER_SEC)

struct _WdCourier {
  GObject parent_instance;

  WdBackend *backend;        /* (owned) */
  gboolean may_write;
  GCancellable *round;       /* (owned) (nullable) while one is under way */
  gint64 next_round;         /* monotonic */
};

G_DEFINE_FINAL_TYPE (WdCourier, wd_courier, G_TYPE_OBJECT)

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdCourier) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdOutboxReport) report
      = wd_backend_send_outbox_finish (WD_BACKEND (source), result, &error);
  const GError *failure;

  g_clear_object (&self->round);
  if (wd_error_is_cancelled (error))
    return;
  failure = report != NULL ? report->failure : error;
  if (failure != NULL)
    g_debug ("The outbox is looked after later: %s", failure->message);
  if (report != NULL && report->done->len > 0)
    g_message ("Settled %u undelivered jobs that another program left", report->done->len);
  wd_fault_point ("courier:looked");
}

static void
wd_courier_dispose (GObject *object)
{
  WdCourier *self = WD_COURIER (object);

  if (self->round != NULL)
    g_cancellable_cancel (self->round);
  g_clear_object (&self->round);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (wd_courier_parent_class)->dispose (object);
}

static void
wd_courier_class_init (WdCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_courier_dispose;
}

static void
wd_courier_init (WdCourier *self)
{
}

/**
 * wd_courier_new:
 * @profile: the connection; a read-only one sends nothing
 * @backend: whom to ask
 *
 * Returns: (transfer full): a courier at rest
 */
WdCourier *
wd_courier_new (WdProfile *profile, WdBackend *backend)
{
  WdCourier *self;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (WD_IS_BACKEND (backend), NULL);

  self = g_object_new (WD_TYPE_COURIER, NULL);
  self->backend = g_object_ref (backend);
  self->may_write = !profile->read_only && profile->redis_url != NULL;
  return self;
}

/**
 * wd_courier_look:
 * @self: a courier
 * @undelivered: entries in the outbox, or -1 where that is not known
 *
 * Begins a round when there is something to do and the last one is long enough ago.
 */
void
wd_courier_look (WdCourier *self, gint64 undelivered)
{
  g_return_if_fail (WD_IS_COURIER (self));

  if (undelivered <= 0 || !self->may_write || self->round != NULL
      || g_get_monotonic_time () < self->next_round)
    return;
  self->next_round = g_get_monotonic_time () + PAUSE_US;
  self->round = g_cancellable_new ();
  wd_backend_send_outbox_async (self->backend, NULL, MIN_AGE_MS, self->round, sent_cb,
                                g_object_ref (self));
}
