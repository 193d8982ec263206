/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A client's connection as libsoup holds it. libsoup closes what it is done with and waits for
 * that; with TLS it would wait for a client that reads nothing. So closing is begun here and goes
 * on by itself, within bounds. */

#include "server/wd-server-stream.h"

#include "server/wd-server-input.h"

#define CLOSE_SECONDS 5

struct _WdServerStream {
  GIOStream parent_instance;

  GIOStream *inner;         /* (owned) */
  GInputStream *input;      /* (owned): a #WdServerInput */
  GSocket *socket;          /* (owned) */
  GDestroyNotify closed;    /* (nullable): called once */
  gpointer data;
};

G_DEFINE_FINAL_TYPE (WdServerStream, wd_server_stream, G_TYPE_IO_STREAM)

typedef struct {
  GSocket *socket;            /* (owned) */
  guint timer;
} Closing;

/* Whoever does not take leave is cut off; the leave-taking then fails, and that ends it. */
static gboolean
too_long_cb (gpointer data)
{
  Closing *closing = data;

  closing->timer = 0;
  g_socket_shutdown (closing->socket, TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Closing *closing = data;

  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  g_clear_handle_id (&closing->timer, g_source_remove);
  g_object_unref (closing->socket);
  g_free (closing);
}

static gboolean
wd_server_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  WdServerStream *self = WD_SERVER_STREAM (stream);
  Closing *closing = g_new0 (Closing, 1);

  closing->socket = g_object_ref (self->socket);
  closing->timer = g_timeout_add_seconds (CLOSE_SECONDS, too_long_cb, closing);
  g_io_stream_close_async (self->inner, G_PRIORITY_DEFAULT, NULL, closed_cb, closing);
  if (self->closed != NULL)
    g_steal_pointer (&self->closed) (self->data);
  return TRUE;
}

static GInputStream *
wd_server_stream_get_input_stream (GIOStream *stream)
{
  return WD_SERVER_STREAM (stream)->input;
}

static GOutputStream *
wd_server_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (WD_SERVER_STREAM (stream)->inner);
}

static void
wd_server_stream_finalize (GObject *object)
{
  WdServerStream *self = WD_SERVER_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->inner);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (wd_server_stream_parent_class)->finalize (object);
}

static void
wd_server_stream_class_init (WdServerStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  stream_class->close_fn = wd_server_stream_close;
  stream_class->get_input_stream = wd_server_stream_get_input_stream;
  stream_class->get_output_stream = wd_server_stream_get_output_stream;
  G_OBJECT_CLASS (klass)->finalize = wd_server_stream_finalize;
}

static void
wd_server_stream_init (WdServerStream *self)
{
}

/**
 * wd_server_stream_new:
 * @inner: the connection, which belongs to nobody else from now on
 * @socket: under it
 * @closed: called when it is closed, at the latest when it is let go of
 * @data: for @closed
 *
 * Returns: (transfer full): a stream
 */
GIOStream *
wd_server_stream_new (GIOStream *inner, GSocket *socket, GDestroyNotify closed, gpointer data)
{
  WdServerStream *self = g_object_new (WD_TYPE_SERVER_STREAM, NULL);

  self->inner = g_object_ref (inner);
  self->input = wd_server_input_new (g_io_stream_get_input_stream (inner));
  self->socket = g_object_ref (socket);
  self->closed = closed;
  self->data = data;
  return G_IO_STREAM (self);
}

/**
 * wd_server_stream_set_idle:
 * @self: a stream
 * @idle: whether a request ended and none has begun
 */
void
wd_server_stream_set_idle (WdServerStream *self, gboolean idle)
{
  wd_server_input_set_idle (WD_SERVER_INPUT (self->input), idle);
}

/**
 * wd_server_stream_end_head:
 * @self: a stream
 *
 * The head of a request is whole.
 */
void
wd_server_stream_end_head (WdServerStream *self)
{
  wd_server_input_end_head (WD_SERVER_INPUT (self->input));
}
