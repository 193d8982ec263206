/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bulk run goes on, and stops. Either may be asked again: what is done is done. */

#include "base/wd-error.h"
#include "server/wd-handle-bulk.h"
#include "server/wd-server-handlers.h"
#include "server/wd-server-order.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-bulk-order.h"

typedef struct {
  WdBackend *backend;   /* (unowned): the request's */
  gint64 confirm;
} Go;

static void
load (WdServerRequest *request, GAsyncReadyCallback callback)
{
  const Go *go = request->state;

  wd_backend_load_bulk_async (go->backend, request->word, request->cancellable, callback,
                              wd_server_request_ref (request));
}

/* Returns: whether the body could be read; else it is refused */
static gboolean
begin (WdServerRequest *request)
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
  go->backend = wd_server_request_take_backend (request, WD_SERVER_LISTS);
  request->state = go;
  request->state_free = g_free;
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

/* @error: why it does not go on */
static void
begun (const GError *error, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;

  if (error != NULL)
    wd_server_answer_bulk (request, 0, NULL, error);
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

  if (wd_server_runs_start (request->server->runs, request->word, origin, begun,
                            wd_server_request_ref (request)))
    return;
  wd_server_request_wait (request, 5);
  wd_server_request_refuse (request, 503, wd_error_code_name (WD_ERROR_BUSY), NULL,
                            "Too many bulk runs are being worked on");
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
  else if (is_confirmed (request, run))
    start (request);
}

/**
 * wd_server_handle_bulk_run:
 * @request: to be answered
 *
 * Also of a run that somebody left in the middle.
 */
void
wd_server_handle_bulk_run (WdServerRequest *request)
{
  if (begin (request))
    load (request, checked_cb);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, &error);

  if (run != NULL && run->is_running)
    wd_server_request_refuse (request, 409, wd_error_code_name (WD_ERROR_BUSY), NULL,
                              "Somebody else works on this bulk run: it is stopped there");
  else
    wd_server_answer_bulk (request, 200, run, error);
}

static void
stopped (const GError *error, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;

  load (request, left_cb);
}

/**
 * wd_server_handle_bulk_stop:
 * @request: to be answered
 */
void
wd_server_handle_bulk_stop (WdServerRequest *request)
{
  if (!begin (request))
    return;
  if (wd_server_runs_stop (request->server->runs, request->word, stopped,
                           wd_server_request_ref (request)))
    return;
  wd_server_request_unref (request);
  load (request, left_cb);
}
