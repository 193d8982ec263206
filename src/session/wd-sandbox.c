/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is different for a program that Flatpak keeps from the rest of the computer. */

#include "session/wd-sandbox.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "config.h"

/**
 * wd_sandbox_get_id:
 *
 * Returns: (nullable) (transfer none): what Flatpak calls the program; %NULL outside Flatpak
 */
const char *
wd_sandbox_get_id (void)
{
  const char *id = g_getenv ("FLATPAK_ID");

  if (id != NULL && *id != '\0')
    return id;
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? WD_APPLICATION_ID : NULL;
}

/* Debian and others have /var/run lead to /run, but Flatpak keeps its own /var. */
static char *
dup_folder (const char *host, gboolean is_folder)
{
  g_autofree char *folder = is_folder ? g_strdup (host) : g_path_get_dirname (host);

  if (g_str_has_prefix (folder, "/var/run/"))
    return g_strdup (folder + strlen ("/var"));
  return g_steal_pointer (&folder);
}

/**
 * wd_sandbox_dup_socket_hint:
 * @address: (nullable): of a server
 * @is_folder: a path in it is the socket's folder, as PostgreSQL has it, not the socket
 *
 * Looks whether the path is there: in the sandbox that asks no network's file system unless
 * somebody has let it in.
 *
 * Returns: (transfer full) (nullable): how to let the program reach the unix socket; %NULL where it
 *   can, or where @address has none
 */
char *
wd_sandbox_dup_socket_hint (const WdAddress *address, gboolean is_folder)
{
  const char *host = wd_address_get (address, WD_ADDRESS_HOST);
  const char *id = wd_sandbox_get_id ();
  g_autofree char *folder = NULL;
  g_autofree char *quoted = NULL;

  if (id == NULL || *host != '/' || g_file_test (host, G_FILE_TEST_EXISTS))
    return NULL;
  folder = dup_folder (host, is_folder);
  quoted = g_shell_quote (folder);
  /* TRANSLATORS: %1$s is the path of a folder, what follows the colon is a command */
  return g_strdup_printf (_("As a Flatpak the program does not see %1$s. To let it reach a unix "
                            "socket there, run this command and start the program again: "
                            "flatpak override --user --filesystem=%2$s %3$s"),
                          folder, quoted, id);
}
