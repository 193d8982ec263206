/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-listener.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "server/wd-server-address.h"

/* How many are accepted before anything else gets its turn. */
#define BATCH 32

struct _WdServerListener {
  GSource *source;              /* (owned) */
  char *path;                   /* (owned) (nullable): of a unix socket */
  WdServerListenerFunc func;
  gpointer data;
};

static gboolean
incoming_cb (GSocket *listener, GIOCondition condition, gpointer data)
{
  GSource *source = g_main_current_source ();
  WdServerListener *self = data;

  for (guint i = 0; i < BATCH && !g_source_is_destroyed (source); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listener, NULL, &error);

      if (socket == NULL)
        {
          /* Without a descriptor to spare there is nothing to do but to let some go first. */
          if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            g_usleep (1000);
          break;
        }
      self->func (socket, self->data);
    }
  return G_SOURCE_CONTINUE;
}

/**
 * wd_server_listener_new:
 * @address: where
 * @func: told of whoever comes in
 * @data: for @func
 * @error: in #WD_ERROR or of #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): one that listens until it is freed
 */
WdServerListener *
wd_server_listener_new (GSocketAddress *address, WdServerListenerFunc func, gpointer data,
                        GError **error)
{
  g_autofree char *text = wd_server_address_to_text (address);
  g_autoptr (GSocket) socket = wd_server_address_listen (address, error);
  WdServerListener *self;

  if (socket == NULL)
    {
      g_prefix_error (error, _("Cannot listen on %s: "), text);
      return NULL;
    }
  self = g_new0 (WdServerListener, 1);
  self->func = func;
  self->data = data;
  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    self->path = g_strdup (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)));
  self->source = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (incoming_cb), self, NULL);
  g_source_attach (self->source, NULL);
  return self;
}

/**
 * wd_server_listener_free:
 * @self: (transfer full): a listener
 */
void
wd_server_listener_free (WdServerListener *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}
