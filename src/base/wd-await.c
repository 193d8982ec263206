/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The blocking calls of GIO know a timeout for each single step but none for the whole of a name
 * lookup, several addresses, a proxy and a TLS handshake. Their asynchronous twins end when they
 * are cancelled; so the deadline is a timer in the same context that cancels. */

#include "base/wd-await.h"

#include <glib/gi18n-lib.h>

#include "base/wd-cancel-source.h"
#include "base/wd-error.h"
#include "base/wd-time.h"

/* The deadline has passed, or the caller has cancelled. */
static gboolean
stop_cb (gpointer data)
{
  WdAwait *self = data;

  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

/**
 * wd_await_begin:
 * @self: uninitialised
 * @context: of this thread alone
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): the caller's
 *
 * Makes @context the thread's default; then start the operation with `self->inner`,
 * wd_await_cb() and @self as its user data.
 */
void
wd_await_begin (WdAwait *self, GMainContext *context, gint64 deadline,
                      GCancellable *cancellable)
{
  *self = (WdAwait) {
    .context = context,
    .inner = g_cancellable_new (),
    .outer = cancellable,
    .deadline = deadline,
  };
  g_main_context_push_thread_default (context);
}

/**
 * wd_await_cb:
 * @source: of the operation
 * @result: kept until wd_await_finish()
 * @data: the #WdAwait
 *
 * What the awaited operation is to be given as its #GAsyncReadyCallback.
 */
void
wd_await_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdAwait *self = data;

  self->result = g_object_ref (result);
}

static GSource *
attach (WdAwait *self, GSource *source)
{
  g_source_set_callback (source, stop_cb, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

static void
detach (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

/**
 * wd_await_result:
 * @self: begun, with its operation started
 *
 * Returns: (transfer none): the operation's result, to be given to its finish function
 */
GAsyncResult *
wd_await_result (WdAwait *self)
{
  GSource *timer =
    attach (self, g_timeout_source_new ((guint) wd_deadline_left_ms (self->deadline)));
  GSource *watch =
    self->outer != NULL ? attach (self, wd_cancel_source_new (self->outer)) : NULL;

  while (self->result == NULL)
    g_main_context_iteration (self->context, TRUE);

  detach (timer);
  g_clear_pointer (&watch, detach);
  return self->result;
}

/**
 * wd_await_finish:
 * @self: whose result was used
 * @error: (inout): the operation's error; one that the deadline or the caller caused becomes
 *   %WD_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED
 */
void
wd_await_finish (WdAwait *self, GError **error)
{
  if (*error != NULL && g_cancellable_is_cancelled (self->inner))
    {
      g_clear_error (error);
      if (!g_cancellable_set_error_if_cancelled (self->outer, error))
        g_set_error_literal (error, WD_ERROR, WD_ERROR_TIMED_OUT,
                             _("No answer within the time allowed"));
    }
  g_main_context_pop_thread_default (self->context);
  g_clear_object (&self->result);
  g_clear_object (&self->inner);
}

/**
 * wd_await_take_error:
 * @error: where to
 * @cause: (transfer full): what GIO said
 *
 * Propagates @cause as %WD_ERROR_NO_CONNECTION unless it is ours already, or a cancellation.
 */
void
wd_await_take_error (GError **error, GError *cause)
{
  if (cause->domain == WD_ERROR || wd_error_is_cancelled (cause))
    g_propagate_error (error, cause);
  else
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION, cause->message);
      g_error_free (cause);
    }
}
