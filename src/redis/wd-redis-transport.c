/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-transport.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "base/wd-await.h"
#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "redis/wd-redis-proxies.h"
#include "redis/wd-redis-tls.h"

struct _WdRedisTransport {
  GMainContext *context;         /* (owned): iterated by the worker only */
  GSocketConnection *connection; /* (owned) */
  GIOStream *tls;                /* (owned) (nullable): around connection */
  GIOStream *stream;             /* (unowned): the outer of the two */
};

static GSocketConnectable *
connectable_of (const WdRedisAddress *address)
{
  if (address->unix_path != NULL)
    return G_SOCKET_CONNECTABLE (g_unix_socket_address_new (address->unix_path));
  return g_network_address_new (address->host, address->port);
}

static gboolean
connect_socket (WdRedisTransport *self, GSocketConnectable *place, gint64 deadline,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GProxyResolver) proxies = wd_redis_proxies_new (g_proxy_resolver_get_default ());
  GError *local = NULL;
  WdAwait await;
  GSocket *socket;

  wd_await_begin (&await, self->context, deadline, cancellable);
  client = g_socket_client_new ();
  g_socket_client_set_proxy_resolver (client, proxies);
  g_socket_client_connect_async (client, place, await.inner, wd_await_cb, &await);
  self->connection = g_socket_client_connect_finish (client, wd_await_result (&await),
                                                     &local);
  wd_await_finish (&await, &local);
  if (self->connection == NULL)
    {
      wd_await_take_error (error, local);
      return FALSE;
    }

  socket = g_socket_connection_get_socket (self->connection);
  g_socket_set_keepalive (socket, TRUE);
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->stream = G_IO_STREAM (self->connection);
  return TRUE;
}

/**
 * wd_redis_transport_open:
 * @address: where to; its credentials and database are not used here
 * @ca_file: (nullable): PEM file of the only authorities to trust, %NULL for the system's
 * @deadline: for all of it: name, addresses, proxy, TLS
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NO_CONNECTION, %WD_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED, …
 *
 * Connects, in a worker thread. With TLS the certificate is always verified.
 *
 * Returns: (transfer full) (nullable): a byte stream to the server
 */
WdRedisTransport *
wd_redis_transport_open (const WdRedisAddress *address, const char *ca_file, gint64 deadline,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisTransport) self = g_new0 (WdRedisTransport, 1);
  g_autoptr (GSocketConnectable) place = connectable_of (address);

  self->context = g_main_context_new ();
  if (!connect_socket (self, place, deadline, cancellable, error))
    return NULL;
  if (address->tls)
    {
      self->tls = wd_redis_tls_start (self->stream, place, ca_file, self->context, deadline,
                                      cancellable, error);
      if (self->tls == NULL)
        return NULL;
      self->stream = self->tls;
    }
  return g_steal_pointer (&self);
}

/**
 * wd_redis_transport_close:
 * @self: (transfer full) (nullable): a transport
 *
 * Never waits: the socket goes first, so that TLS does not try to say goodbye to a server that may
 * have stopped.
 */
void
wd_redis_transport_close (WdRedisTransport *self)
{
  if (self == NULL)
    return;
  if (self->connection != NULL)
    g_socket_close (g_socket_connection_get_socket (self->connection), NULL);
  g_clear_object (&self->tls);
  g_clear_object (&self->connection);
  g_main_context_unref (self->context);
  g_free (self);
}

/* Returns: whether it moved bytes or may later; @n is set to how many. */
static gboolean
moved (gssize result, GError *cause, gsize *n, GError **error)
{
  *n = (gsize) MAX (result, 0);
  if (result >= 0)
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_error_free (cause);
      return TRUE;
    }
  wd_await_take_error (error, cause);
  return FALSE;
}

/**
 * wd_redis_transport_read:
 * @self: a transport
 * @into: (array length=size): where to
 * @size: of @into
 * @n_read: (out): 0 when there is nothing yet
 * @error: %WD_ERROR_NO_CONNECTION, also when the server closed
 *
 * Never waits.
 */
gboolean
wd_redis_transport_read (WdRedisTransport *self, char *into, gsize size, gsize *n_read,
                         GError **error)
{
  GInputStream *stream = g_io_stream_get_input_stream (self->stream);
  GError *local = NULL;
  gssize result = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), into,
                                                            size, NULL, &local);

  if (result == 0)
    {
      *n_read = 0;
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                           _("The server closed the connection"));
      return FALSE;
    }
  return moved (result, local, n_read, error);
}

/**
 * wd_redis_transport_write:
 * @self: a transport
 * @data: (array length=size): what to send; after a write of nothing, the same again
 * @size: of @data, above 0
 * @n_written: (out): 0 when nothing can be sent yet
 * @error: %WD_ERROR_NO_CONNECTION
 *
 * Never waits.
 */
gboolean
wd_redis_transport_write (WdRedisTransport *self, const guint8 *data, gsize size, gsize *n_written,
                          GError **error)
{
  GPollableOutputStream *output =
    G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
  GError *local = NULL;
  gssize result = g_pollable_output_stream_write_nonblocking (output, data, size, NULL, &local);

  return moved (result, local, n_written, error);
}

/**
 * wd_redis_transport_wait:
 * @self: a transport
 * @condition: %G_IO_IN, %G_IO_OUT or both: which of them to wait for
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED
 *
 * Waits in a worker thread until reading or writing is worth a try.
 */
gboolean
wd_redis_transport_wait (WdRedisTransport *self, GIOCondition condition, gint64 deadline,
                         GCancellable *cancellable, GError **error)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  if (self->tls != NULL)
    return wd_redis_tls_wait (self->tls, condition, self->context, deadline, cancellable, error);
  return wd_wait_fd (g_socket_get_fd (socket), condition, deadline, cancellable, error);
}
