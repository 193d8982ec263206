/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How it is: the workers, and the service itself. */

#include "server/wd-server-handlers.h"

#include "base/wd-error.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-rest.h"
#include "wire/wd-wire-stats.h"

static void
stats_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdStats) stats = wd_backend_load_stats_finish (WD_BACKEND (source), result, &error);
  gboolean whole;
  WdJsonWriter *writer;

  if (stats == NULL)
    {
      wd_server_request_fail (request, error, NULL);
      return;
    }
  /* Without Redis at all the rows are all there is. */
  whole = stats->queue_error == NULL || request->server->profile->redis_url == NULL;
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_stats_members (writer, stats);
  if (!whole)
    wd_wire_rest_error_members (writer, "The queues cannot be reached: their part is missing",
                                wd_error_code_name (WD_ERROR_NO_CONNECTION), NULL, NULL);
  wd_server_request_answer (request, whole ? 200 : 503, writer);
}

/**
 * wd_server_handle_stats:
 * @request: to be answered
 */
void
wd_server_handle_stats (WdServerRequest *request)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  WdBackend *backend = wd_server_request_take_backend (request, WD_SERVER_WATCH);

  wd_backend_load_stats_async (backend, utc, request->cancellable, stats_cb,
                               wd_server_request_ref (request));
}

/**
 * wd_server_handle_health:
 * @request: to be answered
 *
 * That there is an answer is the answer.
 */
void
wd_server_handle_health (WdServerRequest *request)
{
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_wire_rest_alive_members (writer);
  wd_server_request_answer (request, 200, writer);
}

static void
ready_cb (gboolean database, WdTristate queues, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_wire_rest_ready_members (writer, database, queues);
  wd_server_request_answer (request, database && queues != WD_TRISTATE_FALSE ? 200 : 503, writer);
}

/**
 * wd_server_handle_ready:
 * @request: to be answered
 */
void
wd_server_handle_ready (WdServerRequest *request)
{
  wd_server_pulse_ask (request->server->pulse, ready_cb, wd_server_request_ref (request));
}
