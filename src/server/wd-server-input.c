/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client sends, as libsoup reads it. libsoup 3.2 never lets go of a client that leaves
 * between two requests: it takes notice of one only from the first byte of a request on. So an end
 * that comes there is shown as the first line of a request after which the connection breaks. And
 * it keeps the whole head of a request before anybody else sees it, so how long one may be is
 * bounded here. */

#include "server/wd-server-input.h"

#include <string.h>

#define LINE "?\n"

/* More than what is told to be too long, with what may come behind it in one piece. */
#define HEAD_MAX 40000

struct _WdServerInput {
  GInputStream parent_instance;

  GInputStream *inner;   /* (owned): can be polled */
  gboolean idle;         /* between two requests */
  gboolean ended;        /* while it was, or by force */
  gboolean has_head;     /* the head of the request is whole */
  gsize head;            /* bytes read until it is */
};

static void pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdServerInput, wd_server_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

/* @n bytes were read, because of @error (transfer full) (nullable) where none; a connection that
 * breaks ends there as well. */
static gssize
show_end (WdServerInput *self, void *buffer, gsize count, gssize n, GError *error, GError **out)
{
  if (n <= 0 && self->idle && count >= strlen (LINE)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_clear_error (&error);
      self->idle = FALSE;
      self->ended = TRUE;
      memcpy (buffer, LINE, strlen (LINE));
      return strlen (LINE);
    }
  if (error != NULL)
    g_propagate_error (out, error);
  if (n > 0 && !self->has_head)
    self->head += (gsize) n;
  return n;
}

static gboolean
check_ended (WdServerInput *self, GError **error)
{
  self->ended = self->ended || self->head > HEAD_MAX;
  if (self->ended)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "The client left");
  return self->ended;
}

static gssize
wd_server_input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
                      GError **error)
{
  WdServerInput *self = WD_SERVER_INPUT (stream);
  GError *local = NULL;
  gssize n;

  if (check_ended (self, error))
    return -1;
  n = g_input_stream_read (self->inner, buffer, count, cancellable, &local);
  return show_end (self, buffer, count, n, local, error);
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  WdServerInput *self = WD_SERVER_INPUT (stream);
  GPollableInputStream *inner = G_POLLABLE_INPUT_STREAM (self->inner);
  GError *local = NULL;
  gssize n;

  if (check_ended (self, error))
    return -1;
  n = g_pollable_input_stream_read_nonblocking (inner, buffer, count, NULL, &local);
  return show_end (self, buffer, count, n, local, error);
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  WdServerInput *self = WD_SERVER_INPUT (stream);

  return self->ended || g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (self->inner));
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
  g_clear_object (&WD_SERVER_INPUT (object)->inner);

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
 *
 * Returns: (transfer full): a stream of the same bytes
 */
GInputStream *
wd_server_input_new (GInputStream *inner)
{
  WdServerInput *self = g_object_new (WD_TYPE_SERVER_INPUT, NULL);

  self->inner = g_object_ref (inner);
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
  self->has_head = FALSE;
  self->head = 0;
}

/**
 * wd_server_input_end_head:
 * @self: a stream
 *
 * The head of the request is whole.
 */
void
wd_server_input_end_head (WdServerInput *self)
{
  self->has_head = TRUE;
}
