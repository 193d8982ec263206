/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work in two steps: first what would be done and refused, frozen as it is now; then it is
 * run, by its id (wd-handle-bulk-go.c). */

#include "server/wd-handle-bulk.h"

#include <string.h>

#include "base/wd-error.h"
#include "server/wd-server-filter.h"
#include "server/wd-server-handlers.h"
#include "server/wd-server-list.h"
#include "server/wd-server-order.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-bulk-order.h"
#include "wire/wd-wire-bulk.h"

/**
 * wd_server_bulk_must_confirm:
 * @request: somebody's
 * @run: a run
 *
 * Returns: whether he has to say how many are left before it goes on, as the window has it typed
 */
gboolean
wd_server_bulk_must_confirm (WdServerRequest *request, const WdBulkRun *run)
{
  return request->server->profile->production && wd_bulk_run_count_left (run) > WD_CONFIRM_FREELY;
}

/**
 * wd_server_answer_bulk:
 * @request: that is not answered yet
 * @status: of HTTP
 * @run: (nullable): what to tell; the caller's alone
 * @error: (nullable): why there is none
 */
void
wd_server_answer_bulk (WdServerRequest *request, guint status, WdBulkRun *run,
                       const GError *error)
{
  WdJsonWriter *writer;

  if (run == NULL && g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    wd_server_request_refuse (request, 404, wd_error_code_name (WD_ERROR_NOT_FOUND), NULL,
                              "Bulk run not found");
  else if (run == NULL)
    wd_server_request_fail (request, error, NULL);
  else
    {
      run->must_confirm = wd_server_bulk_must_confirm (request, run);
      writer = wd_json_writer_new ();
      wd_json_writer_begin_object (writer);
      wd_wire_bulk_members (writer, run);
      wd_server_request_answer (request, status, writer);
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = wd_backend_list_bulk_finish (WD_BACKEND (source), result, &error);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    ((WdBulkRun *) runs->pdata[i])->must_confirm =
      wd_server_bulk_must_confirm (request, runs->pdata[i]);
  wd_server_list_answer (request, runs, wd_wire_bulk_list_members, error, NULL);
}

/**
 * wd_server_handle_bulk_list:
 * @request: to be answered
 */
void
wd_server_handle_bulk_list (WdServerRequest *request)
{
  wd_backend_list_bulk_async (wd_server_request_take_backend (request, WD_SERVER_LISTS),
                              request->cancellable, listed_cb, wd_server_request_ref (request));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, &error);

  /* Whoever looks now and then how far it is. */
  if (run != NULL && g_strcmp0 (wd_server_query_get (request->query, "report"), "false") == 0)
    {
      g_clear_pointer (&run->counts, g_ptr_array_unref);
      g_clear_pointer (&run->forecast, g_ptr_array_unref);
      g_clear_pointer (&run->refusals, g_ptr_array_unref);
    }
  wd_server_answer_bulk (request, 200, run, error);
}

/**
 * wd_server_handle_bulk_show:
 * @request: to be answered
 */
void
wd_server_handle_bulk_show (WdServerRequest *request)
{
  wd_backend_load_bulk_async (wd_server_request_take_backend (request, WD_SERVER_LISTS),
                              request->word, request->cancellable, shown_cb,
                              wd_server_request_ref (request));
}

static void
frozen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_freeze_bulk_finish (WD_BACKEND (source), result, &error);
  g_autofree char *place = NULL;

  if (run != NULL)
    {
      place = g_strconcat ("/api/bulk/", run->id, NULL);
      wd_server_request_header (request, "Location", place);
    }
  wd_server_answer_bulk (request, 201, run, error);
}

/* The lists take for false what is no `true`: which wallets get a job is not to be guessed. */
static gboolean
check_flags (WdServerQuery *query, GError **error)
{
  static const char *const names[] = { "needs_gas", "needs_consolidation" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = wd_server_query_get (query, names[i]);

      if (value != NULL && strcmp (value, "true") != 0 && strcmp (value, "false") != 0)
        return wd_server_query_refuse (query, names[i], error, "%s must be true or false",
                                       names[i]);
    }
  return TRUE;
}

/* What the filter lets through, where there is one. */
static gboolean
read_filter (WdBulkRequest *bulk, WdServerQuery *query, GError **error)
{
  gboolean of_wallets = wd_bulk_operation_is_for_wallets (bulk->operation);
  const WdFilterLanguage *language = of_wallets ? wd_filter_language_wallets ()
                                                : wd_filter_language_jobs ();
  gpointer whole;

  if (!wd_server_filter_read_line (language, query, NULL, &whole, error))
    return FALSE;
  if (whole != NULL)
    {
      *(of_wallets ? (gpointer *) &bulk->wallets : (gpointer *) &bulk->jobs) = whole;
      return TRUE;
    }
  if (!wd_server_query_check_names (query, of_wallets ? wd_server_filter_wallet_names ()
                                                      : wd_server_filter_job_names (), error))
    return FALSE;
  if (of_wallets)
    {
      bulk->wallets = wd_wallet_filter_new ();
      return check_flags (query, error)
             && wd_server_filter_read_wallets (bulk->wallets, query, error);
    }
  bulk->jobs = wd_job_filter_new ();
  return wd_server_filter_read_jobs (bulk->jobs, query, error);
}

/* @field: (out): what is wrong, where something is */
static gboolean
check_members (const WdWireOrder *order, WdServerQuery *query, const char **field, GError **error)
{
  WdBulkRequest *bulk = order->bulk;

  *field = "job_type";
  if (bulk->operation == WD_BULK_DISPATCH && !wd_dispatch_type_validate (bulk->job_type, error))
    return FALSE;
  *field = "user_id";
  if (!wd_uuid_validate (bulk->user_id, "user_id", error))
    return FALSE;
  *field = wd_wire_bulk_filter_name (bulk->operation);
  if (query != NULL && !read_filter (bulk, query, error))
    {
      if (wd_server_query_get_field (query) != NULL)
        *field = wd_server_query_get_field (query);
      return FALSE;
    }
  *field = wd_wire_bulk_subjects_name (bulk->operation);
  return wd_bulk_request_validate (bulk, error);
}

/* Returns: whether it may be frozen; else it is refused */
static gboolean
check (WdServerRequest *request, const WdWireOrder *order)
{
  g_autoptr (WdServerQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  const char *field;

  if (order->filter != NULL)
    query = wd_server_query_of_values (order->filter);
  if (check_members (order, query, &field, &error))
    return TRUE;
  wd_server_request_fail (request, error, field);
  return FALSE;
}

/**
 * wd_server_handle_bulk_freeze:
 * @request: to be answered
 */
void
wd_server_handle_bulk_freeze (WdServerRequest *request)
{
  g_autoptr (WdWireOrder) order = wd_server_order_read (request, wd_wire_bulk_order_read);

  if (order == NULL || !check (request, order)
      || !wd_server_check_force (request, order->bulk->force))
    return;
  order->bulk->origin = wd_server_request_make_origin (request);
  wd_backend_freeze_bulk_async (wd_server_request_take_backend (request, WD_SERVER_FREEZES),
                                order->bulk, request->cancellable, frozen_cb,
                                wd_server_request_ref (request));
}
