/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bulk run goes on, stops, or is given up. Each may be asked again: what is done is done. */

#include "base/wd-error.h"
#include "direct/wd-direct-service.h"
#include "server/wd-handle-bulk.h"
#include "server/wd-server-handlers.h"
#include "server/wd-server-order.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-bulk-order.h"

typedef struct {
  WdBackend *backend;   /* (unowned): the request's */
  gint64 confirm;
  GError *problem;      /* (owned) (nullable): why it is not done */
} Go;

static void
go_free (gpointer data)
{
  Go *go = data;

  g_clear_error (&go->problem);
  g_free (go);
}

static void
load (WdServerRequest *request, GAsyncReadyCallback callback)
{
  const Go *go = request->state;

  wd_backend_load_bulk_async (go->backend, request->word, request->cancellable, callback,
                              wd_server_request_ref (request));
}

/* @work: what it does most. Returns: whether the body could be read; else it is refused */
static gboolean
begin (WdServerRequest *request, WdServerWork work)
{
  g_autoptr (WdWireOrder) order = wd_server_order_read (request, wd_wire_bulk_order_read_go);
  Go *go;

  if (order == NULL)
    return FALSE;
  /* One run has one name here. */
  for (char *p = request->word; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  go = g_new0 (Go, 1);
  go->confirm = order->confirm;
  go->backend = wd_server_request_take_backend (request, work);
  request->state = go;
  request->state_free = go_free;
  return TRUE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, &error);

  wd_server_answer_bulk (request, run != NULL && run->state == WD_BULK_RUNNING ? 202 : 200, run,
                         error);
}

/* By another service, a window or a command. */
static void
refuse_elsewhere (WdServerRequest *request, const WdBulkRun *run)
{
  g_autofree char *since = wd_time_to_rfc3339 (run->started_at);
  g_autofree char *heard = wd_time_to_rfc3339 (run->heartbeat);
  g_autofree char *message = g_strdup_printf (
    "Another program works on this bulk run since %s and was last heard of at %s: it goes on there "
    "and is stopped there. It can be taken over here when nothing was heard of that program for a "
    "minute", since, heard);

  wd_server_request_refuse (request, 409, wd_error_code_name (WD_ERROR_BUSY), NULL, message);
}

/* After a refusal: where it is worked on elsewhere, that is why. */
static void
refused_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, NULL);

  if (run != NULL && run->is_running)
    refuse_elsewhere (request, run);
  else
    wd_server_answer_bulk (request, 0, NULL, ((const Go *) request->state)->problem);
}

static void
fail (WdServerRequest *request, const GError *error)
{
  Go *go = request->state;

  go->problem = g_error_copy (error);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_BUSY))
    load (request, refused_cb);
  else
    wd_server_answer_bulk (request, 0, NULL, error);
}

/* @error: why it does not go on */
static void
begun (const GError *error, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;

  if (error != NULL)
    fail (request, error);
  else
    load (request, loaded_cb);
}

static gboolean
is_confirmed (WdServerRequest *request, const WdBulkRun *run)
{
  const Go *go = request->state;
  gint64 left = wd_bulk_run_count_left (run);
  gboolean asks = wd_server_bulk_must_confirm (request, run);
  g_autofree char *message = NULL;

  if (go->confirm < 0 ? !asks : go->confirm == left)
    return TRUE;
  message = g_strdup_printf ("confirm must be the number of jobs or wallets that are left: "
                             "%" G_GINT64_FORMAT, left);
  wd_server_request_refuse (request, 409, wd_error_code_name (WD_ERROR_REFUSED), "confirm",
                            message);
  return FALSE;
}

static void
start (WdServerRequest *request)
{
  g_autoptr (WdOrigin) origin = wd_server_request_make_origin (request);

  switch (wd_server_runs_start (request->server->runs, request->word, origin,
                                request->token, begun, wd_server_request_ref (request)))
    {
    case WD_SERVER_RUNS_PAUSING:
      wd_server_request_wait (request, 1);
      wd_server_request_refuse (request, 409, wd_error_code_name (WD_ERROR_BUSY), NULL,
                                "This bulk run is just being paused: ask again when it is");
      break;
    case WD_SERVER_RUNS_FULL:
      wd_server_request_wait (request, 5);
      wd_server_request_refuse (request, 503, wd_error_code_name (WD_ERROR_BUSY), NULL,
                                "Too many bulk runs are being worked on");
      break;
    case WD_SERVER_RUNS_STARTED:
    default:
      return;
    }
  wd_server_request_unref (request);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, &error);

  if (run == NULL || run->state == WD_BULK_DONE)
    wd_server_answer_bulk (request, 200, run, error);
  else if (request->server->stopping)
    {
      wd_server_request_wait (request, 5);
      wd_server_request_refuse (request, 503, "stopping", NULL, "The service is stopping");
    }
  else if (wd_server_check_force (request, run->request->force) && is_confirmed (request, run))
    start (request);
}

/**
 * wd_server_handle_bulk_run:
 * @request: to be answered
 *
 * Also of a run that somebody left in the middle. Goes into the audit trail where it was not going
 * on already.
 */
void
wd_server_handle_bulk_run (WdServerRequest *request)
{
  if (begin (request, WD_SERVER_LISTS))
    load (request, checked_cb);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, &error);

  if (run != NULL && run->is_running)
    refuse_elsewhere (request, run);
  else
    wd_server_answer_bulk (request, 200, run, error);
}

/* It ended here: where somebody works on it, that one came after, or the database was away. */
static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, &error);

  if (run != NULL && run->is_running)
    wd_server_request_refuse (request, 409, wd_error_code_name (WD_ERROR_BUSY), NULL,
                              "This bulk run is paused here, but another program has begun it "
                              "since, or the database could not be told: look at it in a minute");
  else
    wd_server_answer_bulk (request, 200, run, error);
}

static void
stopped (const GError *error, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;

  load (request, stopped_cb);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;

  if (!wd_direct_note_bulk_stop_finish (WD_DIRECT_BACKEND (source), result, &error))
    wd_server_answer_bulk (request, 0, NULL, error);
  else if (wd_server_runs_stop (request->server->runs, request->word, stopped,
                                wd_server_request_ref (request)))
    return;
  else
    {
      wd_server_request_unref (request);
      load (request, left_cb);
    }
}

/**
 * wd_server_handle_bulk_stop:
 * @request: to be answered
 *
 * The audit trail says so first.
 */
void
wd_server_handle_bulk_stop (WdServerRequest *request)
{
  g_autoptr (WdOrigin) origin = NULL;

  if (!begin (request, WD_SERVER_WRITES))
    return;
  if (!wd_server_runs_has (request->server->runs, request->word))
    {
      load (request, left_cb);
      return;
    }
  origin = wd_server_request_make_origin (request);
  wd_direct_note_bulk_stop_async (WD_DIRECT_BACKEND (((Go *) request->state)->backend),
                                  request->word, origin, request->cancellable, noted_cb,
                                  wd_server_request_ref (request));
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_direct_discard_bulk_finish (WD_DIRECT_BACKEND (source), result,
                                                             &error);

  if (run != NULL)
    wd_server_answer_bulk (request, 200, run, NULL);
  else
    fail (request, error);
}

/**
 * wd_server_handle_bulk_discard:
 * @request: to be answered
 */
void
wd_server_handle_bulk_discard (WdServerRequest *request)
{
  g_autoptr (WdOrigin) origin = NULL;

  if (!begin (request, WD_SERVER_WRITES))
    return;
  origin = wd_server_request_make_origin (request);
  wd_direct_discard_bulk_async (WD_DIRECT_BACKEND (((Go *) request->state)->backend),
                                request->word, origin, request->cancellable, discarded_cb,
                                wd_server_request_ref (request));
}
