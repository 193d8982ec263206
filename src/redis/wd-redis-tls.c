/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-tls.h"

#include <glib/gi18n-lib.h>

#include "base/wd-await.h"
#include "base/wd-cancel-source.h"
#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-tls.h"

/* Only remembers why: no certificate that GIO refuses is ever accepted. */
static gboolean
accept_certificate_cb (GTlsConnection *connection, GTlsCertificate *certificate,
                       GTlsCertificateFlags problems, gpointer data)
{
  GTlsCertificateFlags *seen = data;

  *seen = problems;
  return FALSE;
}

static gboolean
set_authorities (GTlsConnection *connection, const char *ca_file, GError **error)
{
  g_autoptr (GTlsDatabase) database = NULL;

  if (ca_file == NULL)
    return TRUE;
  database = wd_tls_load_authorities (ca_file, error);
  if (database == NULL)
    return FALSE;
  g_tls_connection_set_database (connection, database);
  return TRUE;
}

static GTlsConnection *
connection_new (GIOStream *base, GSocketConnectable *place, const char *ca_file, GError **error)
{
  g_autoptr (GIOStream) tls = NULL;
  GError *local = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("TLS is not available here: install glib-networking"));
      return NULL;
    }
  tls = g_tls_client_connection_new (base, place, &local);
  if (tls == NULL)
    wd_await_take_error (error, local);
  if (tls == NULL || !set_authorities (G_TLS_CONNECTION (tls), ca_file, error))
    return NULL;
  return G_TLS_CONNECTION (g_steal_pointer (&tls));
}

/**
 * wd_redis_tls_start:
 * @base: connected
 * @place: whose name the certificate has to bear
 * @ca_file: (nullable): PEM file of the only authorities to trust, %NULL for the system's
 * @context: of this thread alone
 * @deadline: for the handshake
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NO_CONNECTION, also for a certificate that is not trusted, …
 *
 * Returns: (transfer full) (nullable): the encrypted stream
 */
GIOStream *
wd_redis_tls_start (GIOStream *base, GSocketConnectable *place, const char *ca_file,
                    GMainContext *context, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GTlsConnection) tls = connection_new (base, place, ca_file, error);
  GTlsCertificateFlags problems = 0;
  GError *local = NULL;
  WdAwait await;
  gulong handler;

  if (tls == NULL)
    return NULL;
  handler = g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                              &problems);
  wd_await_begin (&await, context, deadline, cancellable);
  g_tls_connection_handshake_async (tls, G_PRIORITY_DEFAULT, await.inner, wd_await_cb,
                                    &await);
  g_tls_connection_handshake_finish (tls, wd_await_result (&await), &local);
  wd_await_finish (&await, &local);
  g_signal_handler_disconnect (tls, handler);
  if (local == NULL)
    return G_IO_STREAM (g_steal_pointer (&tls));

  if (problems != 0)
    {
      g_clear_error (&local);
      local = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION,
                                   wd_tls_describe_problems (problems));
    }
  wd_await_take_error (error, local);
  return NULL;
}

static gboolean
ready_cb (GObject *stream, gpointer data)
{
  gboolean *ready = data;

  *ready = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer data)
{
  gboolean *stopped = data;

  *stopped = TRUE;
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

/**
 * wd_redis_tls_wait:
 * @tls: from wd_redis_tls_start()
 * @condition: %G_IO_IN, %G_IO_OUT or both
 * @context: of this thread alone
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED
 *
 * Waits by the stream's own sources: only they know that TLS has to write before it can read, or
 * holds bytes already.
 */
gboolean
wd_redis_tls_wait (GIOStream *tls, GIOCondition condition, GMainContext *context, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (tls));
  GPollableOutputStream *output =
    G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (tls));
  gboolean ready = FALSE, stopped = FALSE;
  GSource *sources[4] = { NULL };
  guint n = 0;

  sources[n++] = attach (g_timeout_source_new ((guint) wd_deadline_left_ms (deadline)),
                         context, stop_cb, &stopped);
  if (cancellable != NULL)
    sources[n++] = attach (wd_cancel_source_new (cancellable), context, stop_cb, &stopped);
  if (condition & G_IO_IN)
    sources[n++] = attach (g_pollable_input_stream_create_source (input, NULL),
                           context, G_SOURCE_FUNC (ready_cb), &ready);
  if (condition & G_IO_OUT)
    sources[n++] = attach (g_pollable_output_stream_create_source (output, NULL),
                           context, G_SOURCE_FUNC (ready_cb), &ready);
  while (!ready && !stopped)
    g_main_context_iteration (context, TRUE);
  for (guint i = 0; i < n; i++)
    detach (sources[i]);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!ready)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_TIMED_OUT,
                         _("No answer within the time allowed"));
  return ready;
}
