/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-client.h"

#include <errno.h>
#include <sys/socket.h>

#include "base/wd-fault.h"

#define TAKE_MS   ((guint) (wd_fault_span ("client:takes", 20000000) / 1000))
/* What is closed before it was read may never be. */
#define DISMISS_MS 2000
/* What a client takes at least, in bytes a millisecond. */
#define TAKE_RATE 50

/* An address of its own, and the peer's in words. */
static void
name_client (WdServerClient *self)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (self->socket, NULL);
  g_autoptr (GInetAddress) host = NULL;

  if (remote != NULL && G_IS_INET_SOCKET_ADDRESS (remote))
    host = g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  self->peer = host != NULL ? g_inet_address_to_string (host) : g_strdup (WD_CLIENT_LOCAL);
  if (host == NULL)
    host = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  self->address = g_inet_socket_address_new (host, 0);
}

/**
 * wd_server_client_new:
 * @socket: that was accepted
 * @door: (unowned): where; outlives the client
 *
 * Returns: (transfer full): a client without a deadline
 */
WdServerClient *
wd_server_client_new (GSocket *socket, gpointer door)
{
  WdServerClient *self = g_new0 (WdServerClient, 1);

  self->door = door;
  self->socket = g_object_ref (socket);
  name_client (self);
  return self;
}

/**
 * wd_server_client_free:
 * @self: (transfer full): a client whose connection is closed
 */
void
wd_server_client_free (WdServerClient *self)
{
  g_clear_object (&self->socket);
  g_clear_object (&self->address);
  g_clear_object (&self->shaking);
  g_free (self->peer);
  g_free (self);
}

/**
 * wd_server_client_give:
 * @self: a client
 * @milliseconds: it has for what it does now
 */
void
wd_server_client_give (WdServerClient *self, guint milliseconds)
{
  if (!self->dismissed)
    self->deadline = g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

/**
 * wd_server_client_time_to_take:
 * @size: bytes of an answer
 *
 * Returns: how long a client may take to take it, in milliseconds
 */
guint
wd_server_client_time_to_take (gsize size)
{
  return TAKE_MS + (guint) MIN (size / TAKE_RATE, G_MAXINT);
}

/**
 * wd_server_client_set_idle:
 * @self: a client
 * @idle: whether a request of it ended and none has begun
 */
void
wd_server_client_set_idle (WdServerClient *self, gboolean idle)
{
  self->idle = idle;
  if (self->stream != NULL)
    wd_server_stream_set_idle (self->stream, idle);
}

/**
 * wd_server_client_hold:
 * @self: a client
 * @size: bytes that the system keeps for it while it does not read
 */
void
wd_server_client_hold (WdServerClient *self, int size)
{
  g_socket_set_option (self->socket, SOL_SOCKET, SO_SNDBUF, size, NULL);
}

/**
 * wd_server_client_cut_if_gone:
 * @self: a client that has nothing more to send
 *
 * libsoup finds out only when it writes.
 *
 * Returns: whether it has closed the connection
 */
gboolean
wd_server_client_cut_if_gone (WdServerClient *self)
{
  char byte;
  gssize n = recv (g_socket_get_fd (self->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

  if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)))
    return FALSE;
  wd_server_client_cut (self);
  return TRUE;
}

/**
 * wd_server_client_cut:
 * @self: a client
 *
 * Nothing goes either way any more; whoever reads or writes finds out.
 */
void
wd_server_client_cut (WdServerClient *self)
{
  self->deadline = 0;
  if (self->shaking != NULL)
    g_cancellable_cancel (self->shaking);
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

/**
 * wd_server_client_dismiss:
 * @self: a client that is being read from
 * @text: the last it is told; what does not go out at once is not told
 * @size: bytes of it
 *
 * It may still read that, for a moment; what it sends reaches nobody.
 */
void
wd_server_client_dismiss (WdServerClient *self, const char *text, gsize size)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->stream));

  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), text, size, NULL,
                                              NULL);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  wd_server_client_give (self, DISMISS_MS);
  self->dismissed = TRUE;
}

/**
 * wd_server_client_turn_away:
 * @self: (transfer full): a client that is one too many
 * @plain: whether there is a language for it yet, so that it hears why
 */
void
wd_server_client_turn_away (WdServerClient *self, gboolean plain)
{
  static const char words[] =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
    "Content-Type: application/json\r\nContent-Length: 33\r\n\r\n"
    "{\"error\":\"Too many connections\"}\n";

  if (plain)
    g_socket_send (self->socket, words, sizeof words - 1, NULL, NULL);
  g_socket_close (self->socket, NULL);
  wd_server_client_free (self);
}
