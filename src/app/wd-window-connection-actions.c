/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window does about its connections: the dialogs that add, edit and import one, and going
 * to another. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-file-chooser.h"
#include "app/connections/wd-connection-dialog.h"
#include "app/connections/wd-migrations-dialog.h"
#include "app/wd-window-private.h"

static void
notice_cb (WdWindow *self, const char *text)
{
  wd_window_toast (self, text);
}

static WdConnectionDialog *
show_dialog (WdWindow *self, WdProfile *profile)
{
  WdConnectionDialog *dialog = wd_connection_dialog_new (self->connections, profile);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *target)
{
  show_dialog (WD_WINDOW (widget), NULL);
}

static void
switch_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_connections_open (WD_WINDOW (widget)->connections, g_variant_get_string (target, NULL), TRUE);
}

static void
reconnect_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  g_autofree char *wanted = g_strdup (wd_connections_get_wanted (self->connections));

  if (wanted != NULL && *wanted != '\0')
    wd_connections_open (self->connections, wanted, TRUE);
}

/* Edited is what stands in the file, which somebody may have changed by hand meanwhile. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) profiles =
    wd_profile_store_load_finish (WD_PROFILE_STORE (source), result, &problems, &error);
  WdProfile *profile = NULL;
  g_autofree char *text = NULL;
  const char *wanted;

  /* The window may be gone by now. */
  if (self->connections == NULL)
    return;
  wanted = wd_connections_get_wanted (self->connections);
  if (profiles != NULL)
    profile = wd_profile_store_find (profiles, problems, wanted, &error);
  if (profile != NULL)
    {
      show_dialog (self, profile);
      return;
    }
  text = g_strdup_printf (_("There is no connection profile named “%s”"), wanted);
  wd_window_toast (self, error != NULL ? error->message : text);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  wd_profile_store_load_async (wd_connections_get_store (self->connections), NULL, found_cb,
                               g_object_ref (self));
}

static void
env_chosen_cb (GFile *file, gpointer data)
{
  WdWindow *self = data;

  if (file != NULL && self->connections != NULL)
    wd_connection_dialog_import (show_dialog (self, NULL), file);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *target)
{
  const char *const patterns[] = { ".env", ".env.*", "*.env", NULL };
  const WdFileChooserSpec spec = { _("Import .env"), _("_Import"), _(".env files"), patterns };

  wd_file_chooser_open (widget, &spec, env_chosen_cb, g_object_ref (widget), g_object_unref);
}

static void
import_file_action (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (target, NULL));

  env_chosen_cb (file, widget);
}

static void
applied_cb (WdWindow *self)
{
  wd_migrations_banner_look (self->migrations);
  if (self->workspace != NULL)
    wd_workspace_refresh (self->workspace);
}

static void
migrations_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  WdMigrationsDialog *dialog;

  if (self->workspace == NULL)
    return;
  dialog = wd_migrations_dialog_new (wd_workspace_get_backend (self->workspace),
                                     wd_workspace_get_profile (self->workspace));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "applied", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
wd_window_install_connection_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.switch-connection", "s", switch_action);
  gtk_widget_class_install_action (widget_class, "win.reconnect", NULL, reconnect_action);
  gtk_widget_class_install_action (widget_class, "win.edit-connection", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "win.import-env", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.import-env-file", "s", import_file_action);
  gtk_widget_class_install_action (widget_class, "win.show-migrations", NULL, migrations_action);
}
