/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-address.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/wd-error.h"

/* Whom the system lets into the folder may ask; a token is asked for all the same. */
#define SOCKET_MODE 0660
#define BACKLOG     1024

static GSocketAddress *
refuse (const char *text, GError **error)
{
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” is no address to listen on: use HOST:PORT with a number for the host, "
                 "[HOST]:PORT for IPv6, or unix:PATH"), text);
  return NULL;
}

/**
 * wd_server_address_parse:
 * @text: `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` or `unix:/run/x`
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Names are not looked up: what is listened on is what is written.
 *
 * Returns: (transfer full): the address
 */
GSocketAddress *
wd_server_address_parse (const char *text, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;
  GSocketAddress *address;
  guint64 port;

  if (g_str_has_prefix (text, WD_SERVER_UNIX))
    {
      const char *path = text + strlen (WD_SERVER_UNIX);

      return *path == '/' ? g_unix_socket_address_new (path) : refuse (text, error);
    }
  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return refuse (text, error);
  host = g_strndup (text, (gsize) (colon - text));
  if (*host == '[' && g_str_has_suffix (host, "]"))
    {
      g_autofree char *inner = g_strndup (host + 1, strlen (host) - 2);

      address = g_inet_socket_address_new_from_string (inner, (guint) port);
    }
  else
    address = g_inet_socket_address_new_from_string (strcmp (host, "localhost") == 0 ? "127.0.0.1"
                                                                                     : host,
                                                     (guint) port);
  return address != NULL ? address : refuse (text, error);
}

/**
 * wd_server_address_is_private:
 * @address: an address
 *
 * Returns: whether nobody on another machine reaches it
 */
gboolean
wd_server_address_is_private (GSocketAddress *address)
{
  return !G_IS_INET_SOCKET_ADDRESS (address)
         || g_inet_address_get_is_loopback (
              g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* One that nobody listens on any more is in the way of who comes next. */
static void
remove_stale (const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  if (g_lstat (path, &info) != 0 || !S_ISSOCK (info.st_mode))
    return;
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_unlink (path);
}

/**
 * wd_server_address_listen:
 * @address: where
 * @error: one of #GIOErrorEnum
 *
 * Returns: (transfer full): a socket that listens, and does not block
 */
GSocket *
wd_server_address_listen (GSocketAddress *address, GError **error)
{
  const char *path = G_IS_UNIX_SOCKET_ADDRESS (address)
                     ? g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)) : NULL;
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                             error);

  if (socket == NULL)
    return NULL;
  if (path != NULL)
    remove_stale (path);
  g_socket_set_listen_backlog (socket, BACKLOG);
  g_socket_set_blocking (socket, FALSE);
  if (!g_socket_bind (socket, address, TRUE, error)
      || (path != NULL && g_chmod (path, SOCKET_MODE) != 0) || !g_socket_listen (socket, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("%s cannot be opened to its group"),
                     path);
      return NULL;
    }
  return g_steal_pointer (&socket);
}

/**
 * wd_server_address_listen_nowhere:
 * @error: one of #GIOErrorEnum
 *
 * Returns: (transfer full): a socket that listens where nobody can find it
 */
GSocket *
wd_server_address_listen_nowhere (GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("worker-dashboard-XXXXXX", error);
  g_autofree char *path = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  GSocket *socket;

  if (folder == NULL)
    return NULL;
  path = g_build_filename (folder, "s", NULL);
  address = g_unix_socket_address_new (path);
  socket = wd_server_address_listen (address, error);
  g_unlink (path);
  g_rmdir (folder);
  return socket;
}

/**
 * wd_server_address_to_text:
 * @address: an address
 *
 * Returns: (transfer full): it as wd_server_address_parse() reads it
 */
char *
wd_server_address_to_text (GSocketAddress *address)
{
  g_autofree char *host = NULL;
  GInetSocketAddress *inet;

  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    return g_strconcat (WD_SERVER_UNIX,
                        g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)), NULL);
  inet = G_INET_SOCKET_ADDRESS (address);
  host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host,
                          g_inet_socket_address_get_port (inet));
}
