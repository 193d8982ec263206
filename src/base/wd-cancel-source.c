/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What g_cancellable_source_new() is for, in a thread other than the one that cancels. GLib's own
 * source, when it is freed while g_cancellable_cancel() is still telling others, keeps itself alive
 * for a call that it had already got, and is never freed (GLib 2.74). So this one watches the
 * cancellable's descriptor, which is nobody's callback. */

#include "base/wd-cancel-source.h"

typedef struct {
  GSource source;
  GCancellable *cancellable; /* (owned): its descriptor is held */
} CancelSource;

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback != NULL ? callback (data) : G_SOURCE_REMOVE;
}

static void
finalize (GSource *source)
{
  CancelSource *self = (CancelSource *) source;

  g_cancellable_release_fd (self->cancellable);
  g_object_unref (self->cancellable);
}

static GSourceFuncs funcs = { .dispatch = dispatch, .finalize = finalize };

/**
 * wd_cancel_source_new:
 * @cancellable: what to watch
 *
 * Its callback is a #GSourceFunc, called in the thread of its context when @cancellable was
 * triggered, before or after this, wherever that happened. Operations that end by it are given a
 * cancellable of their own which the callback triggers. Any thread.
 *
 * Returns: (transfer full): a source, not attached yet
 */
GSource *
wd_cancel_source_new (GCancellable *cancellable)
{
  GSource *source;
  int fd;

  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  source = g_source_new (&funcs, sizeof (CancelSource));
  ((CancelSource *) source)->cancellable = g_object_ref (cancellable);
  fd = g_cancellable_get_fd (cancellable);
  if (fd >= 0)
    g_source_add_unix_fd (source, fd, G_IO_IN);
  return source;
}
