/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a file is, in the desktop's manager of files. What a confined program was lent stands for
 * it in a folder that nobody else knows: the desktop is shown the file, and finds the real one. */

#include "app/wd-folder.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>

#include "app/wd-portal.h"
#include "session/wd-sandbox.h"

static void
show_parent (GtkWindow *window, GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = g_file_get_uri (folder);

  gtk_show_uri (window, uri, GDK_CURRENT_TIME);
}

typedef struct {
  GtkWindow *window;   /* (weak) (nullable) */
  GFile *file;         /* (owned) */
} Show;

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Show *show = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), NULL, result, &error);

  /* Older portals show files only. */
  if (answer == NULL && show->window != NULL)
    show_parent (show->window, show->file);
  g_clear_weak_pointer (&show->window);
  g_object_unref (show->file);
  g_free (show);
}

static void
ask (GDBusConnection *bus, GtkWindow *window, GFile *file, int fd)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new_from_array (&fd, 1);
  Show *show = g_new0 (Show, 1);
  GVariantBuilder options;

  g_set_weak_pointer (&show->window, window);
  show->file = g_object_ref (file);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_dbus_connection_call_with_unix_fd_list (
    bus, WD_PORTAL, WD_PORTAL_PATH, "org.freedesktop.portal.OpenURI", "OpenDirectory",
    g_variant_new ("(sha{sv})", "", 0, &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE,
    -1, fds, NULL, asked_cb, show);
}

/**
 * wd_folder_show:
 * @window: who asks
 * @file: a file of this computer
 *
 * Shows the folder that it is in.
 */
void
wd_folder_show (GtkWindow *window, GFile *file)
{
  GDBusConnection *bus = g_application_get_dbus_connection (g_application_get_default ());
  int fd = -1;

  g_return_if_fail (g_file_peek_path (file) != NULL);

  if (wd_sandbox_get_id () != NULL && bus != NULL)
    fd = open (g_file_peek_path (file), O_RDONLY | O_CLOEXEC);
  if (fd >= 0)
    ask (bus, window, file, fd);
  else
    show_parent (window, file);
}
