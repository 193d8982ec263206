/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules and the incidents of one connection, which one thread looks after: wd-alert-desk.c. */

#include "session/wd-alert-store.h"

#include "base/wd-worker-thread.h"
#include "session/wd-alert-desk.h"

struct _WdAlertStore {
  GObject parent_instance;

  WdWorkerThread *thread;    /* (owned) */
  GTimeZone *zone;           /* (owned) */
  gboolean notifies;         /* whoever asks tells people */
};

G_DEFINE_FINAL_TYPE (WdAlertStore, wd_alert_store, G_TYPE_OBJECT)

static void
wd_alert_store_dispose (GObject *object)
{
  WdAlertStore *self = WD_ALERT_STORE (object);

  if (self->thread != NULL)
    wd_worker_thread_shut_down (self->thread);
  g_clear_object (&self->thread);
  G_OBJECT_CLASS (wd_alert_store_parent_class)->dispose (object);
}

static void
wd_alert_store_finalize (GObject *object)
{
  WdAlertStore *self = WD_ALERT_STORE (object);

  g_time_zone_unref (self->zone);
  G_OBJECT_CLASS (wd_alert_store_parent_class)->finalize (object);
}

static void
wd_alert_store_class_init (WdAlertStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_alert_store_dispose;
  object_class->finalize = wd_alert_store_finalize;
}

static void
wd_alert_store_init (WdAlertStore *self)
{
  self->zone = g_time_zone_new_local ();
}

/**
 * wd_alert_store_new:
 * @profile: the connection
 *
 * Returns: (transfer full): its rules and incidents; nobody is told of these
 */
WdAlertStore *
wd_alert_store_new (WdProfile *profile)
{
  WdAlertStore *self = g_object_new (WD_TYPE_ALERT_STORE, NULL);

  self->thread = wd_worker_thread_new ("alerts", wd_alert_desk_new (profile),
                                       (GDestroyNotify) wd_alert_desk_free);
  return self;
}

/**
 * wd_alert_store_set_zone:
 * @self: a store
 * @zone: in which quiet hours are meant
 */
void
wd_alert_store_set_zone (WdAlertStore *self, GTimeZone *zone)
{
  g_return_if_fail (WD_IS_ALERT_STORE (self));

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

/**
 * wd_alert_store_set_notifies:
 * @self: a store
 * @notifies: whether whoever asks tells people of what they are to be told, from now on
 */
void
wd_alert_store_set_notifies (WdAlertStore *self, gboolean notifies)
{
  g_return_if_fail (WD_IS_ALERT_STORE (self));

  self->notifies = notifies;
}

static WdAlertRequest *
new_request (WdAlertStore *self, WdTime now)
{
  WdAlertRequest *request = g_new0 (WdAlertRequest, 1);

  request->work = WD_ALERT_WORK_LOOK;
  request->zone = g_time_zone_ref (self->zone);
  request->notifies = self->notifies;
  request->now = now;
  request->answer = g_new0 (WdAlertAnswer, 1);
  return request;
}

static void
push (WdAlertStore *self, WdAlertRequest *request, GCancellable *cancellable,
      GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, push);
  g_task_set_task_data (task, request, (GDestroyNotify) wd_alert_request_free);
  wd_worker_thread_push (self->thread, task, wd_alert_desk_work);
}

/**
 * wd_alert_store_feed_async:
 * @self: a store
 * @reading: (transfer full): what was measured
 * @now: when
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer, for wd_alert_store_finish()
 * @data: for @callback
 */
void
wd_alert_store_feed_async (WdAlertStore *self, WdReading *reading, WdTime now,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  WdAlertRequest *request;

  g_return_if_fail (WD_IS_ALERT_STORE (self));

  request = new_request (self, now);
  request->reading = reading;
  push (self, request, cancellable, callback, data);
}

/**
 * wd_alert_store_acknowledge_async:
 * @self: a store
 * @id: of an open incident
 * @now: when somebody said that he knows
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer, for wd_alert_store_finish(); %WD_ERROR_NOT_FOUND
 * @data: for @callback
 */
void
wd_alert_store_acknowledge_async (WdAlertStore *self, const char *id, WdTime now,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
  WdAlertRequest *request;

  g_return_if_fail (WD_IS_ALERT_STORE (self));

  request = new_request (self, now);
  request->work = WD_ALERT_WORK_ACKNOWLEDGE;
  request->id = g_strdup (id);
  push (self, request, cancellable, callback, data);
}

/**
 * wd_alert_store_snooze_async:
 * @self: a store
 * @id: of an open incident
 * @until: when to tell of it again, if it is still so
 * @now: a time
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer, for wd_alert_store_finish(); %WD_ERROR_NOT_FOUND
 * @data: for @callback
 */
void
wd_alert_store_snooze_async (WdAlertStore *self, const char *id, WdTime until, WdTime now,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
  WdAlertRequest *request;

  g_return_if_fail (WD_IS_ALERT_STORE (self));

  request = new_request (self, now);
  request->work = WD_ALERT_WORK_SNOOZE;
  request->id = g_strdup (id);
  request->until = until;
  push (self, request, cancellable, callback, data);
}

/**
 * wd_alert_store_save_rules_async:
 * @self: a store
 * @rules: that were checked
 * @now: a time
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer, for wd_alert_store_finish()
 * @data: for @callback
 */
void
wd_alert_store_save_rules_async (WdAlertStore *self, WdAlertRules *rules, WdTime now,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  WdAlertRequest *request;

  g_return_if_fail (WD_IS_ALERT_STORE (self));

  request = new_request (self, now);
  request->work = WD_ALERT_WORK_SAVE_RULES;
  request->rules = wd_alert_rules_ref (rules);
  push (self, request, cancellable, callback, data);
}

/**
 * wd_alert_store_load_async:
 * @self: a store
 * @now: a time
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer and the history, for wd_alert_store_finish()
 * @data: for @callback
 */
void
wd_alert_store_load_async (WdAlertStore *self, WdTime now, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  WdAlertRequest *request;

  g_return_if_fail (WD_IS_ALERT_STORE (self));

  request = new_request (self, now);
  request->work = WD_ALERT_WORK_LOAD_HISTORY;
  push (self, request, cancellable, callback, data);
}

/**
 * wd_alert_store_finish:
 * @self: a store
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer
 */
WdAlertAnswer *
wd_alert_store_finish (WdAlertStore *self, GAsyncResult *result, GError **error)
{
  WdAlertRequest *request;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  request = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&request->answer)
                                                           : NULL;
}
