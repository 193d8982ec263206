/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What changes something: read the body, let the backend do it in the token's name and under the
 * request's key, say what came of it in the words clients know. */

#include "server/wd-server-handlers.h"

#include "base/wd-error.h"
#include "direct/wd-direct-service.h"
#include "server/wd-server-order.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-rest.h"

static void
fail_action (WdServerRequest *request, const GError *error)
{
  static const struct {
    WdError code;
    const char *message;
  } words[] = {
    { WD_ERROR_NOT_FAILED, "Only failed jobs can be retried" },
    { WD_ERROR_RETRIES_EXHAUSTED, "Maximum retries exceeded" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_error_matches (error, WD_ERROR, words[i].code))
      {
        wd_server_request_fail_as (request, error, words[i].message);
        return;
      }
  wd_server_request_fail (request, error, NULL);
}

static void
answer_action (WdServerRequest *request, WdActionResult *result, const GError *error)
{
  g_autoptr (GError) silence = NULL;
  WdJsonWriter *writer;
  const WdJobOutcome *outcome;

  if (result == NULL)
    fail_action (request, error);
  else if (result->done->len == 0 && result->refused->len == 0)
    {
      silence = g_error_new_literal (WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME, "Nothing is known of it");
      fail_action (request, silence);
    }
  else if (result->done->len == 0)
    fail_action (request, ((WdRefusal *) result->refused->pdata[0])->error);
  else
    {
      outcome = result->done->pdata[0];
      writer = wd_json_writer_new ();
      wd_json_writer_begin_object (writer);
      wd_wire_rest_done_members (writer, outcome, result->message);
      wd_server_request_answer (request, outcome->delivered ? 200 : 202, writer);
    }
}

static void
dispatched_together (WdActionResult *result, const GError *error, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;

  answer_action (request, result, error);
}

/**
 * wd_server_handle_dispatch:
 * @request: to be answered
 */
void
wd_server_handle_dispatch (WdServerRequest *request)
{
  g_autoptr (WdWireOrder) order = wd_server_order_read (request, wd_wire_order_read_dispatch);
  g_autoptr (WdDispatchRequest) dispatch = NULL;

  if (order == NULL)
    return;
  dispatch = wd_dispatch_request_new (request->route->detail);
  dispatch->wallets = g_strdupv ((char *[]) { order->wallet_address, NULL });
  dispatch->user_id = g_strdup (order->user_id);
  dispatch->priority = order->priority;
  dispatch->trigger = g_strdup (order->trigger);
  dispatch->origin = wd_server_request_make_origin (request);
  wd_server_dispatcher_push (request->server->dispatcher, dispatch, request->cancellable,
                             dispatched_together, wd_server_request_ref (request));
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdActionResult) done = wd_backend_retry_finish (WD_BACKEND (source), result, &error);

  answer_action (request, done, error);
}

/**
 * wd_server_handle_retry:
 * @request: to be answered
 */
void
wd_server_handle_retry (WdServerRequest *request)
{
  g_autoptr (WdWireOrder) order = wd_server_order_read (request, wd_wire_order_read_retry);
  g_autoptr (WdRetryRequest) retry = NULL;
  WdBackend *backend;

  if (order == NULL || !wd_server_check_force (request, order->force))
    return;
  retry = wd_retry_request_new ();
  retry->ids = g_strdupv ((char *[]) { order->job_id, NULL });
  retry->reset = order->reset;
  retry->force = order->force;
  retry->origin = wd_server_request_make_origin (request);
  backend = wd_server_request_take_backend (request, WD_SERVER_WRITES);
  wd_backend_retry_async (backend, retry, request->cancellable, retried_cb,
                          wd_server_request_ref (request));
}

static void
flags_set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWallet) wallet = wd_direct_set_flags_finish (WD_DIRECT_BACKEND (source), result,
                                                            &error);
  WdJsonWriter *writer;

  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    wd_server_request_refuse (request, 404, wd_error_code_name (WD_ERROR_NOT_FOUND), NULL,
                              "Wallet not found");
  else if (wallet == NULL)
    wd_server_request_fail (request, error, NULL);
  else
    {
      writer = wd_json_writer_new ();
      wd_json_writer_begin_object (writer);
      wd_wire_rest_flags_members (writer, wallet, "The flags are set");
      wd_server_request_answer (request, 200, writer);
    }
}

/**
 * wd_server_handle_flags:
 * @request: to be answered
 */
void
wd_server_handle_flags (WdServerRequest *request)
{
  g_autoptr (WdWireOrder) order = wd_server_order_read (request, wd_wire_order_read_flags);
  g_autoptr (WdOrigin) origin = NULL;
  WdBackend *backend;

  if (order == NULL)
    return;
  origin = wd_server_request_make_origin (request);
  backend = wd_server_request_take_backend (request, WD_SERVER_WRITES);
  wd_direct_set_flags_async (WD_DIRECT_BACKEND (backend), order->wallet_address, order->needs_gas,
                             order->needs_consolidation, origin, request->cancellable, flags_set_cb,
                             wd_server_request_ref (request));
}
