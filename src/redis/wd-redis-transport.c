/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-transport.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "redis/wd-redis-await.h"

struct _WdRedisTransport {
  GMainContext *context;         /* (owned): iterated by the worker only */
  GSocketConnection *connection; /* (owned) */
  GIOStream *tls;                /* (owned) (nullable): around connection */
  GIOStream *stream;             /* (unowned): the outermost of the two */
};

static void
take_error (GError **error, GError *cause)
{
  if (cause->domain == WD_ERROR || wd_error_is_cancelled (cause))
    g_propagate_error (error, cause);
  else
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION, cause->message);
      g_error_free (cause);
    }
}

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
  GError *local = NULL;
  WdRedisAwait await;
  GSocket *socket;

  wd_redis_await_begin (&await, self->context, deadline, cancellable);
  client = g_socket_client_new ();
  g_socket_client_connect_async (client, place, await.inner, wd_redis_await_cb, &await);
  self->connection = g_socket_client_connect_finish (client, wd_redis_await_result (&await), &local);
  wd_redis_await_finish (&await, &local);
  if (self->connection == NULL)
    {
      take_error (error, local);
      return FALSE;
    }

  socket = g_socket_connection_get_socket (self->connection);
  g_socket_set_keepalive (socket, TRUE);
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->stream = G_IO_STREAM (self->connection);
  return TRUE;
}

/* Only remembers why: no certificate that GIO refuses is ever accepted. */
static gboolean
accept_certificate_cb (GTlsConnection *connection, GTlsCertificate *certificate,
                       GTlsCertificateFlags problems, gpointer data)
{
  GTlsCertificateFlags *seen = data;

  *seen = problems;
  return FALSE;
}

static const char *
certificate_problem (GTlsCertificateFlags problems)
{
  if (problems & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _("The server's certificate is not signed by an authority trusted here");
  if (problems & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _("The server's certificate is for another host");
  if (problems & G_TLS_CERTIFICATE_EXPIRED)
    return _("The server's certificate has expired");
  if (problems & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _("The server's certificate is not valid yet");
  if (problems & G_TLS_CERTIFICATE_REVOKED)
    return _("The server's certificate was revoked");
  return _("The server's certificate is not acceptable");
}

static gboolean
set_authorities (GTlsConnection *connection, const char *ca_file, GError **error)
{
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) local = NULL;

  if (ca_file == NULL)
    return TRUE;
  database = g_tls_file_database_new (ca_file, &local);
  if (database == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("The certificates of the authority cannot be read: %s"), local->message);
      return FALSE;
    }
  g_tls_connection_set_database (connection, database);
  return TRUE;
}

static gboolean
start_tls (WdRedisTransport *self, GSocketConnectable *place, const char *ca_file, gint64 deadline,
           GCancellable *cancellable, GError **error)
{
  GTlsCertificateFlags problems = 0;
  GError *local = NULL;
  GTlsConnection *tls;
  WdRedisAwait await;
  gulong handler;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("TLS is not available here: install glib-networking"));
      return FALSE;
    }
  self->tls = g_tls_client_connection_new (self->stream, place, &local);
  if (self->tls == NULL)
    {
      take_error (error, local);
      return FALSE;
    }
  tls = G_TLS_CONNECTION (self->tls);
  if (!set_authorities (tls, ca_file, error))
    return FALSE;

  handler = g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                              &problems);
  wd_redis_await_begin (&await, self->context, deadline, cancellable);
  g_tls_connection_handshake_async (tls, G_PRIORITY_DEFAULT, await.inner, wd_redis_await_cb, &await);
  g_tls_connection_handshake_finish (tls, wd_redis_await_result (&await), &local);
  wd_redis_await_finish (&await, &local);
  g_signal_handler_disconnect (tls, handler);
  if (local != NULL)
    {
      if (problems != 0)
        {
          g_clear_error (&local);
          local = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION,
                                       certificate_problem (problems));
        }
      take_error (error, local);
      return FALSE;
    }
  self->stream = self->tls;
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
  if (address->tls && !start_tls (self, place, ca_file, deadline, cancellable, error))
    return NULL;
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
  take_error (error, cause);
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
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  GError *local = NULL;
  gssize result = g_pollable_input_stream_read_nonblocking (input, into, size, NULL, &local);

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

static gboolean
ready_cb (GObject *stream, gpointer data)
{
  gboolean *ready = data;

  *ready = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
late_cb (gpointer data)
{
  gboolean *late = data;

  *late = TRUE;
  return G_SOURCE_REMOVE;
}

static GSource *
attach (GSource *source, GMainContext *context, GSourceFunc func, gboolean *flag)
{
  g_source_set_callback (source, func, flag, NULL);
  g_source_attach (source, context);
  return source;
}

static void
detach (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

/* TLS may have to write before it can read, or hold bytes already: only its own sources know. */
static gboolean
wait_tls (WdRedisTransport *self, GIOCondition condition, gint64 deadline,
          GCancellable *cancellable, GError **error)
{
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->tls));
  GPollableOutputStream *output =
    G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->tls));
  gboolean ready = FALSE, late = FALSE;
  GSource *sources[3] = { NULL };
  guint n = 0;

  sources[n++] = attach (g_timeout_source_new ((guint) wd_deadline_left_ms (deadline)),
                         self->context, late_cb, &late);
  if (condition & G_IO_IN)
    sources[n++] = attach (g_pollable_input_stream_create_source (input, cancellable),
                           self->context, G_SOURCE_FUNC (ready_cb), &ready);
  if (condition & G_IO_OUT)
    sources[n++] = attach (g_pollable_output_stream_create_source (output, cancellable),
                           self->context, G_SOURCE_FUNC (ready_cb), &ready);
  while (!ready && !late)
    g_main_context_iteration (self->context, TRUE);
  for (guint i = 0; i < n; i++)
    detach (sources[i]);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!ready)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_TIMED_OUT, _("No answer within the time allowed"));
  return ready;
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
    return wait_tls (self, condition, deadline, cancellable, error);
  return wd_wait_fd (g_socket_get_fd (socket), condition, deadline, cancellable, error);
}
