/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells people of alerts outside of the window, once each, and takes it back when there is nothing
 * to tell any more. A click opens what it is about.
 *
 * A session need not have anybody who shows notifications. GLib would complain about that in the
 * log with each of them, so it is asked first. In a sandbox the portal shows them, and GLib does
 * not complain; but whether there is one that does is asked before the program goes on without a
 * window, since nobody would see it then. */

#include "app/alerts/wd-alert-notifier.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "app/wd-portal.h"
#include "base/wd-format.h"
#include "session/wd-alert-engine.h"
#include "session/wd-alert-text.h"
#include "session/wd-sandbox.h"

#define BACKGROUND "background"

/* Who shows them: the desktop's own service, or GNOME's. */
static const char *const services[] = { "org.freedesktop.Notifications", "org.gtk.Notifications" };

struct _WdAlertNotifier {
  GObject parent_instance;

  GApplication *application; /* not owned: it owns us */
  guint watches[G_N_ELEMENTS (services)];
  guint portal;              /* watched instead, in a sandbox */
  guint n_services;          /* that are there */
  gboolean in_sandbox;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdAlertNotifier, wd_alert_notifier, G_TYPE_OBJECT)

static void
notify (WdAlertNotifier *self, const char *id, const char *connection, const WdIncident *incident,
        GNotificationPriority priority)
{
  g_autofree char *title = wd_alert_text_title (incident);
  g_autofree char *measured = wd_alert_text_measured (incident, wd_text_count_format ());
  g_autofree char *name = wd_format_visible (connection, 64);
  /* TRANSLATORS: a connection; what was measured; what to do, in a sentence */
  g_autofree char *body = g_strdup_printf (_("%s: %s. %s"), name, measured,
                                           wd_alert_text_advice (incident->metric));
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, priority);
  g_notification_set_default_action_and_target (notification, "app.open-alert", "s",
                                                incident->id);
  g_notification_add_button_with_target (notification, _("Acknowledge"), "app.acknowledge-alert",
                                         "s", incident->id);
  g_application_send_notification (self->application, id, notification);
}

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  WdAlertNotifier *self = data;

  self->n_services++;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Also told once, in the beginning, of what was never there. */
static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  WdAlertNotifier *self = data;

  if (self->n_services > 0)
    self->n_services--;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdAlertNotifier) self = data;
  g_autoptr (GVariant) version =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  self->n_services = version != NULL ? 1 : 0;
}

/* The portal is there; whether it can show notifications depends on what the desktop brings. */
static void
portal_appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  g_dbus_connection_call (bus, owner, WD_PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", "org.freedesktop.portal.Notification", "version"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, asked_cb,
                          g_object_ref (data));
}

static gboolean
may_tell (WdAlertNotifier *self)
{
  return self->in_sandbox || self->n_services > 0;
}

/* Nobody is told of what nobody would see: that waits for somebody who shows it. */
static void
changed_cb (WdWatch *watch, WdAlertNotifier *self)
{
  wd_watch_set_notifies (watch, may_tell (self));
}

static void
alert_cb (WdWatch *watch, const WdAlertChange *change, WdAlertNotifier *self)
{
  g_autofree char *id = g_strconcat ("alert-", change->incident->id, NULL);

  if (!may_tell (self))
    return;
  if (change->notify)
    notify (self, id, wd_watch_get_name (watch), change->incident,
            change->incident->severity == WD_SEVERITY_CRITICAL ? G_NOTIFICATION_PRIORITY_URGENT
                                                               : G_NOTIFICATION_PRIORITY_HIGH);
  /* It was taken back when it ended: nobody would see that it is so again. */
  else if (change->show)
    notify (self, id, wd_watch_get_name (watch), change->incident, G_NOTIFICATION_PRIORITY_LOW);
  else if (change->event == WD_ALERT_RESOLVED || change->event == WD_ALERT_ACKNOWLEDGED
           || change->event == WD_ALERT_SNOOZED)
    g_application_withdraw_notification (self->application, id);
}

static void
wd_alert_notifier_dispose (GObject *object)
{
  WdAlertNotifier *self = WD_ALERT_NOTIFIER (object);

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    g_clear_handle_id (&self->watches[i], g_bus_unwatch_name);
  g_clear_handle_id (&self->portal, g_bus_unwatch_name);
  G_OBJECT_CLASS (wd_alert_notifier_parent_class)->dispose (object);
}

static void
wd_alert_notifier_class_init (WdAlertNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_alert_notifier_dispose;

  /* Whether there is anybody who shows notifications. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_ALERT_NOTIFIER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_alert_notifier_init (WdAlertNotifier *self)
{
}

/**
 * wd_alert_notifier_new:
 * @application: in whose name, and with whose action “open-alert”; must outlive it
 *
 * Returns: (transfer full): a notifier that hears of nothing yet
 */
WdAlertNotifier *
wd_alert_notifier_new (GApplication *application)
{
  WdAlertNotifier *self = g_object_new (WD_TYPE_ALERT_NOTIFIER, NULL);

  self->application = application;
  return self;
}

/**
 * wd_alert_notifier_start:
 * @self: a notifier whose application is registered
 *
 * Looks for whoever shows notifications.
 */
void
wd_alert_notifier_start (WdAlertNotifier *self)
{
  GDBusConnection *bus;

  g_return_if_fail (WD_IS_ALERT_NOTIFIER (self));

  bus = g_application_get_dbus_connection (self->application);
  self->in_sandbox = bus != NULL && wd_sandbox_get_id () != NULL;
  if (self->in_sandbox)
    self->portal = g_bus_watch_name_on_connection (bus, WD_PORTAL,
                                                   G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                                   portal_appeared_cb, vanished_cb, self, NULL);
  for (guint i = 0; !self->in_sandbox && bus != NULL && i < G_N_ELEMENTS (services); i++)
    self->watches[i] = g_bus_watch_name_on_connection (bus, services[i],
                                                       i == 0 ? G_BUS_NAME_WATCHER_FLAGS_AUTO_START
                                                              : G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                       appeared_cb, vanished_cb, self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * wd_alert_notifier_add:
 * @self: a notifier
 * @workspace: whose alerts are told of from now on; again does nothing
 */
void
wd_alert_notifier_add (WdAlertNotifier *self, WdWorkspace *workspace)
{
  WdWatch *watch;

  g_return_if_fail (WD_IS_ALERT_NOTIFIER (self));

  watch = wd_workspace_get_watch (workspace);
  g_signal_handlers_disconnect_by_func (watch, alert_cb, self);
  g_signal_connect_object (watch, "alert", G_CALLBACK (alert_cb), self, 0);
  g_signal_handlers_disconnect_by_func (self, changed_cb, watch);
  g_signal_connect_object (self, "changed", G_CALLBACK (changed_cb), watch, G_CONNECT_SWAPPED);
  changed_cb (watch, self);
}

/**
 * wd_alert_notifier_may_watch:
 * @self: a notifier
 * @workspace: what would be watched without a window
 *
 * Nobody watches sample data.
 *
 * Returns: whether anybody can see that the program goes on, and how to end it
 */
gboolean
wd_alert_notifier_may_watch (WdAlertNotifier *self, WdWorkspace *workspace)
{
  g_return_val_if_fail (WD_IS_ALERT_NOTIFIER (self), FALSE);

  return self->n_services > 0 && wd_workspace_get_profile (workspace)->sample == NULL;
}

/**
 * wd_alert_notifier_tell_background:
 * @self: a notifier whose program goes on without a window
 * @connection: what is watched, as text to show
 *
 * Says so, and how to end it.
 */
void
wd_alert_notifier_tell_background (WdAlertNotifier *self, const char *connection)
{
  g_autofree char *body = NULL;
  g_autoptr (GNotification) notification = NULL;

  g_return_if_fail (WD_IS_ALERT_NOTIFIER (self));

  if (self->n_services == 0)
    return;
  body = g_strdup_printf (_("You are notified of alerts of “%s” until you quit."), connection);
  notification = g_notification_new (_("Worker Dashboard keeps watching"));
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  g_notification_set_default_action (notification, "app.show");
  g_notification_add_button (notification, _("Quit"), "app.quit");
  g_application_send_notification (self->application, BACKGROUND, notification);
}

/**
 * wd_alert_notifier_tell_refused:
 * @self: a notifier whose program may not go on without a window
 *
 * Says that nothing is watched any more.
 */
void
wd_alert_notifier_tell_refused (WdAlertNotifier *self)
{
  g_autoptr (GNotification) notification = NULL;

  g_return_if_fail (WD_IS_ALERT_NOTIFIER (self));

  if (!may_tell (self))
    return;
  notification = g_notification_new (_("Worker Dashboard has ended"));
  g_notification_set_body (notification, _("The desktop does not let it keep watching without a "
                                           "window: its settings for applications say so."));
  g_application_send_notification (self->application, BACKGROUND, notification);
}

/**
 * wd_alert_notifier_end_background:
 * @self: a notifier whose application has a window again, or ends
 */
void
wd_alert_notifier_end_background (WdAlertNotifier *self)
{
  g_return_if_fail (WD_IS_ALERT_NOTIFIER (self));

  if (may_tell (self))
    g_application_withdraw_notification (self->application, BACKGROUND);
}
