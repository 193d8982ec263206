/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client sends, as libsoup reads it. libsoup 3.2 never lets go of a client that leaves
 * between two requests: it takes notice of one only from the first byte of a request on. So an end
 * that comes there is shown as a request of one byte that breaks off, whose answer goes nowhere. */

#include "server/wd-server-input.h"

struct _WdServerInput {
  GInputStream parent_instance;

  GInputStream *inner;   /* (owned): can be polled */
  GSocket *socket;       /* (owned): under it */
  gboolean idle;         /* between two requests */
};

static void pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdServerInput, wd_server_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

/* A connection that breaks ends there as well. */
static gssize
show_end (WdServerInput *self, void *buffer, gsize count, gssize n, GError **error)
{
  if (n > 0 || !self->idle || count == 0
      || (error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)))
    return n;
  g_clear_error (error);
  self->idle = FALSE;
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  *(char *) buffer = '?';
  return 1;
}

static gssize
wd_server_input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
                      GError **error)
{
  WdServerInput *self = WD_SERVER_INPUT (stream);
  gssize n = g_input_stream_read (self->inner, buffer, count, cancellable, error);

  return show_end (self, buffer, count, n, error);
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  WdServerInput *self = WD_SERVER_INPUT (stream);
  GPollableInputStream *inner = G_POLLABLE_INPUT_STREAM (self->inner);
  gssize n = g_pollable_input_stream_read_nonblocking (inner, buffer, count, NULL, error);

  return show_end (self, buffer, count, n, error);
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (
    G_POLLABLE_INPUT_STREAM (WD_SERVER_INPUT (stream)->inner));
}

static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  GPollableInputStream *inner = G_POLLABLE_INPUT_STREAM (WD_SERVER_INPUT (stream)->inner);
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (inner, cancellable);

  return g_pollable_source_new_full (stream, source, NULL);
}

static void
wd_server_input_finalize (GObject *object)
{
  WdServerInput *self = WD_SERVER_INPUT (object);

  g_clear_object (&self->inner);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (wd_server_input_parent_class)->finalize (object);
}

static void
wd_server_input_class_init (WdServerInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = wd_server_input_read;
  G_OBJECT_CLASS (klass)->finalize = wd_server_input_finalize;
}

static void
pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = is_readable;
  iface->create_source = create_source;
  iface->read_nonblocking = read_nonblocking;
}

static void
wd_server_input_init (WdServerInput *self)
{
}

/**
 * wd_server_input_new:
 * @inner: of the connection
 * @socket: under it
 *
 * Returns: (transfer full): a stream of the same bytes
 */
GInputStream *
wd_server_input_new (GInputStream *inner, GSocket *socket)
{
  WdServerInput *self = g_object_new (WD_TYPE_SERVER_INPUT, NULL);

  self->inner = g_object_ref (inner);
  self->socket = g_object_ref (socket);
  return G_INPUT_STREAM (self);
}

/**
 * wd_server_input_set_idle:
 * @self: a stream
 * @idle: whether a request ended and none has begun
 */
void
wd_server_input_set_idle (WdServerInput *self, gboolean idle)
{
  self->idle = idle;
}
