/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* While something is under way that should not be cut off the desktop is asked not to log out or
 * suspend by itself: org.freedesktop.portal.Inhibit, which most desktops have for all programs.
 *
 * gtk_application_inhibit() would wait for the answer without a limit, in the main thread, and
 * complain in the log of a refusal. Here nobody waits: where the desktop has no such portal, or
 * says no, what is under way goes on all the same. */

#include "app/wd-inhibition.h"

#include <gio/gio.h>

#include "app/wd-portal.h"

enum {
  LOGOUT = 1 << 0,
  SUSPEND = 1 << 2,
};

struct _WdInhibition {
  GDBusConnection *bus;   /* (owned) (nullable) */
  char *handle;           /* (owned) (nullable): of what was granted */
  gboolean asking;
  gboolean released;      /* amid that */
};

static void
destroy (WdInhibition *self)
{
  if (self->handle != NULL)
    g_dbus_connection_call (self->bus, WD_PORTAL, self->handle, "org.freedesktop.portal.Request",
                            "Close", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  g_clear_object (&self->bus);
  g_free (self->handle);
  g_free (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdInhibition *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  self->asking = FALSE;
  if (answer != NULL)
    g_variant_get (answer, "(o)", &self->handle);
  else
    g_debug ("%s", error->message);
  if (self->released)
    destroy (self);
}

/**
 * wd_inhibition_new:
 * @reason: for people who log out: what is under way
 *
 * Asks the desktop to stay as it is. The answer may take as long as it likes.
 *
 * Returns: (transfer full): to be freed once nothing is under way
 */
WdInhibition *
wd_inhibition_new (const char *reason)
{
  WdInhibition *self = g_new0 (WdInhibition, 1);
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus =
    application != NULL ? g_application_get_dbus_connection (application) : NULL;
  GVariantBuilder options;

  if (bus == NULL)
    return self;
  self->bus = g_object_ref (bus);
  self->asking = TRUE;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (reason));
  g_dbus_connection_call (bus, WD_PORTAL, WD_PORTAL_PATH, "org.freedesktop.portal.Inhibit",
                          "Inhibit",
                          g_variant_new ("(sua{sv})", "", (guint32) (LOGOUT | SUSPEND), &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                          answered_cb, self);
  return self;
}

/**
 * wd_inhibition_free:
 * @self: (transfer full): an inhibition
 *
 * The desktop may do as it likes again. When the program ends, it may as well.
 */
void
wd_inhibition_free (WdInhibition *self)
{
  g_return_if_fail (self != NULL);

  if (self->asking)
    self->released = TRUE;
  else
    destroy (self);
}
