/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The queues, and pausing and resuming one. */

#include "server/wd-server-handlers.h"

#include "base/wd-error.h"
#include "direct/wd-direct-service.h"
#include "server/wd-server-list.h"
#include "wire/wd-wire-rest-queue.h"

static void
queues_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queues = wd_backend_list_queues_finish (WD_BACKEND (source), result,
                                                                &error);

  wd_server_list_answer (request, queues, wd_wire_rest_queues_members, error,
                               "Failed to fetch queues");
}

/**
 * wd_server_handle_queues:
 * @request: to be answered
 *
 * `GET /api/queues`: `{"queues": [{queue, waiting, prioritized, delayed, active, completed, failed,
 * waiting_children, paused, version, connected_workers, workers: [{name, since}], lost_locks,
 * oldest_waiting, schedulers, concurrency, rate_max, rate_ms, limited_until, ignores_rate,
 * rate_doubt, layout, warning}]}`; 503 where Redis does not answer. `layout` says why a queue is
 * read-only here.
 */
void
wd_server_handle_queues (WdServerRequest *request)
{
  wd_backend_list_queues_async (wd_server_request_take_backend (request, WD_SERVER_WATCH),
                                request->cancellable, queues_cb, wd_server_request_ref (request));
}

static void
refuse_queue (WdServerRequest *request)
{
  wd_server_request_refuse (request, 404, wd_error_code_name (WD_ERROR_NOT_FOUND), NULL,
                            "Queue not found");
}

static gboolean
is_pause (const WdServerRequest *request)
{
  return g_str_equal (request->route->detail, "pause");
}

static void
paused_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  WdJsonWriter *writer;

  if (wd_direct_set_paused_finish (WD_DIRECT_BACKEND (source), result, &error))
    {
      writer = wd_json_writer_new ();
      wd_json_writer_begin_object (writer);
      wd_wire_rest_paused_members (writer, request->state, is_pause (request));
      wd_server_request_answer (request, 200, writer);
    }
  else if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    refuse_queue (request);
  else if (g_error_matches (error, WD_ERROR, WD_ERROR_LAYOUT))
    wd_server_request_fail_as (request, error, error->message);
  else
    wd_server_request_fail (request, error, NULL);
}

/**
 * wd_server_handle_queue_order:
 * @request: to be answered
 *
 * `POST /api/queues/{queue}/pause` and `…/resume`, for admins, since it concerns everybody's jobs:
 * `{"success": true, "queue", "paused"}`; the body is empty or `{}`. 404 `Queue not found`; 409
 * with the reason where the queue's layout is not known. Asked twice, it is as asked once.
 */
void
wd_server_handle_queue_order (WdServerRequest *request)
{
  gsize length;
  g_autofree char *json = wd_server_request_dup_body (request, &length);
  g_autofree char *field = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdOrigin) origin = NULL;
  WdBackend *backend;
  char *queue;

  if (!wd_wire_read_bare_order (json, length, &field, &error))
    {
      wd_server_request_fail (request, error, field != NULL ? field : "body");
      return;
    }
  queue = g_uri_unescape_string (request->word, NULL);
  if (queue == NULL || !g_utf8_validate (queue, -1, NULL))
    {
      g_free (queue);
      refuse_queue (request);
      return;
    }
  request->state = queue;
  request->state_free = g_free;
  origin = wd_server_request_make_origin (request);
  backend = wd_server_request_take_backend (request, WD_SERVER_WRITES);
  wd_direct_set_paused_async (WD_DIRECT_BACKEND (backend), queue, is_pause (request), origin,
                              request->cancellable, paused_cb, wd_server_request_ref (request));
}
