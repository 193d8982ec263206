/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a confined program may go on without a window. The desktop decides that, and may ask the
 * person: org.freedesktop.portal.Background. It answers by a signal, at a path that is known before
 * the call, so that the answer cannot come too soon. */

#include "app/wd-background.h"

#include <glib/gi18n-lib.h>

#include "app/wd-portal.h"
#include "base/wd-format.h"
#include "session/wd-sandbox.h"

#define BACKGROUND "org.freedesktop.portal.Background"

/* The portal refuses longer ones, of characters. */
#define MESSAGE_LENGTH 96

typedef struct {
  GDBusConnection *connection; /* (owned) */
  guint subscription;
} Ask;

static void
ask_free (Ask *ask)
{
  if (ask->subscription != 0)
    g_dbus_connection_signal_unsubscribe (ask->connection, ask->subscription);
  g_object_unref (ask->connection);
  g_free (ask);
}

static void
response_cb (GDBusConnection *connection, const char *sender, const char *path,
             const char *interface, const char *signal, GVariant *parameters, gpointer data)
{
  GTask *task = data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean allowed = FALSE;
  guint32 code;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &code, &results);
  g_variant_lookup (results, "background", "b", &allowed);
  g_dbus_connection_signal_unsubscribe (connection, ask->subscription);
  ask->subscription = 0;
  g_task_return_boolean (task, code == 0 && allowed);
  g_object_unref (task);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (handle != NULL || ask->subscription == 0)
    return;
  g_dbus_connection_signal_unsubscribe (ask->connection, ask->subscription);
  ask->subscription = 0;
  g_task_return_error (task, g_steal_pointer (&error));
  /* The signal's. */
  g_object_unref (task);
}

static void
send (GTask *task, GDBusConnection *connection)
{
  Ask *ask = g_new0 (Ask, 1);
  g_autofree char *token = g_strdup_printf ("background%u", g_random_int ());
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (connection) + 1);
  g_autofree char *path = NULL;
  GVariantBuilder options;

  path = g_strdup_printf (WD_PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
  ask->connection = g_object_ref (connection);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  ask->subscription = g_dbus_connection_signal_subscribe (
    connection, WD_PORTAL, "org.freedesktop.portal.Request", "Response", path, NULL,
    G_DBUS_SIGNAL_FLAGS_NONE, response_cb, g_object_ref (task), NULL);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  /* TRANSLATORS: shown by the desktop, where it asks whether the program may go on */
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_("To tell of alerts while its window is closed")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (connection, WD_PORTAL, WD_PORTAL_PATH, BACKGROUND, "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, g_object_ref (task));
}

/**
 * wd_background_ask_async:
 * @application: an application that is registered
 * @callback: called once the desktop has answered; it may ask the person first
 * @data: for @callback
 *
 * Asks whether the program may go on without a window, and says why it would. Nobody is asked
 * outside Flatpak.
 */
void
wd_background_ask_async (GApplication *application, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (application, NULL, callback, data);
  GDBusConnection *connection = g_application_get_dbus_connection (application);

  g_task_set_source_tag (task, wd_background_ask_async);
  if (wd_sandbox_get_id () == NULL || connection == NULL)
    g_task_return_boolean (task, TRUE);
  else
    send (task, connection);
}

/**
 * wd_background_ask_finish:
 * @result: from the callback
 * @allowed: (out): whether it may go on
 * @error: of GIO, where nobody could be asked
 */
gboolean
wd_background_ask_finish (GAsyncResult *result, gboolean *allowed, GError **error)
{
  g_autoptr (GError) local = NULL;

  *allowed = g_task_propagate_boolean (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wd_background_tell:
 * @application: an application that goes on without a window
 * @message: what it does, for the desktop's list of such programs
 *
 * Outside Flatpak there is none, and older desktops have none.
 */
void
wd_background_tell (GApplication *application, const char *message)
{
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  g_autofree char *shown = wd_format_visible (message, MESSAGE_LENGTH);
  GVariantBuilder options;

  if (wd_sandbox_get_id () == NULL || connection == NULL)
    return;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (shown));
  g_dbus_connection_call (connection, WD_PORTAL, WD_PORTAL_PATH, BACKGROUND, "SetStatus",
                          g_variant_new ("(a{sv})", &options), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, NULL, NULL);
}
