/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows: a page of them, by cursor or, as older clients ask, by how many come before it; one job;
 * all wallets in one line. A page by offset takes two steps: where it begins, which the database
 * finds without reading rows, and the page itself. */

#include "server/wd-server-handlers.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "direct/wd-direct-service.h"
#include "server/wd-server-filter.h"
#include "server/wd-server-private.h"
#include "wire/wd-wire-error-report.h"
#include "wire/wd-wire-job.h"
#include "wire/wd-wire-rest.h"

/* How many failed jobs are looked at where all are asked for; the answer says whether that was all
 * of them. */
#define ERRORS_MOST ((guint) wd_fault_span ("errors:most", 1000000))

/* What a row takes in an answer, about. */
#define ROW_SIZE 640

typedef struct {
  WdBackend *backend;        /* (unowned): the request's */
  WdJobFilter *jobs;         /* (owned) (nullable): of a list of jobs */
  WdWalletFilter *wallets;   /* (owned) (nullable): of one of wallets */
  WdPageRequest *page;       /* (owned) */
  guint limit;
  gint64 offset;
} List;

static void list_async (WdServerRequest *request, GAsyncReadyCallback callback);

static void
list_free (gpointer data)
{
  List *list = data;

  g_clear_pointer (&list->jobs, wd_job_filter_free);
  g_clear_pointer (&list->wallets, wd_wallet_filter_free);
  g_clear_pointer (&list->page, wd_page_request_free);
  g_free (list);
}

static void
answer_page (WdServerRequest *request, const WdPage *page)
{
  const List *list = request->state;
  WdJsonWriter *writer = wd_json_writer_new_sized ((page->items->len + 1) * ROW_SIZE);

  wd_json_writer_begin_object (writer);
  if (list->jobs != NULL)
    wd_wire_rest_jobs_members (writer, page, list->limit, list->offset);
  else
    wd_wire_rest_wallets_members (writer, page, list->limit, list->offset);
  wd_server_request_answer (request, 200, writer);
}

static void
fail_list (WdServerRequest *request, const GError *error)
{
  const List *list = request->state;

  if (g_error_matches (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT))
    wd_server_request_fail (request, error, list->page->cursor != NULL ? "cursor" : NULL);
  else
    wd_server_request_fail_as (request, error,
                               list->jobs != NULL ? "Failed to fetch jobs"
                                                  : "Failed to fetch wallets");
}

static WdPage *
list_finish (WdServerRequest *request, GObject *source, GAsyncResult *result, GError **error)
{
  const List *list = request->state;

  return list->jobs != NULL ? wd_backend_list_jobs_finish (WD_BACKEND (source), result, error)
                            : wd_backend_list_wallets_finish (WD_BACKEND (source), result, error);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = list_finish (request, source, result, &error);

  if (page == NULL)
    fail_list (request, error);
  else
    answer_page (request, page);
}

static void
load_page (WdServerRequest *request, const char *cursor)
{
  List *list = request->state;

  list->page->stride = 0;
  list->page->limit = list->limit;
  list->page->with_total = TRUE;
  list->page->with_data = TRUE;
  g_free (list->page->cursor);
  list->page->cursor = g_strdup (cursor);
  list_async (request, page_cb);
}

/* Behind the end there is nothing, and how much there is was counted on the way. */
static void
answer_nothing (WdServerRequest *request, gint64 total)
{
  g_autoptr (WdPage) page = wd_page_new ();

  page->items = g_ptr_array_new ();
  page->total = total;
  page->total_is_exact = TRUE;
  answer_page (request, page);
}

static void
passed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = list_finish (request, source, result, &error);

  if (page == NULL)
    fail_list (request, error);
  else if (page->marks->len == 0)
    answer_nothing (request, page->n_passed);
  else
    load_page (request, page->marks->pdata[0]);
}

static void
list_async (WdServerRequest *request, GAsyncReadyCallback callback)
{
  const List *list = request->state;

  if (list->jobs != NULL)
    wd_backend_list_jobs_async (list->backend, list->jobs, list->page, request->cancellable,
                                callback, wd_server_request_ref (request));
  else
    wd_backend_list_wallets_async (list->backend, list->wallets, list->page, request->cancellable,
                                   callback, wd_server_request_ref (request));
}

static void
load_list (WdServerRequest *request)
{
  List *list = request->state;
  g_autofree char *cursor = g_steal_pointer (&list->page->cursor);

  list->backend = wd_server_request_take_backend (request, WD_SERVER_LISTS);
  if (list->offset == 0)
    {
      load_page (request, cursor);
      return;
    }
  list->page->stride = list->page->limit = (guint) list->offset;
  list_async (request, passed_cb);
}

static gboolean
read_place (List *list, WdServerQuery *query, GError **error)
{
  gint64 limit = WD_PAGE_LIMIT_DEFAULT;

  if (!wd_server_query_get_int (query, "limit", 1, &limit, error)
      || !wd_server_query_get_int (query, "offset", 0, &list->offset, error))
    return FALSE;
  list->limit = (guint) MIN (limit, WD_PAGE_LIMIT_MAX);
  list->page->cursor = g_strdup (wd_server_query_get (query, "cursor"));
  if (list->page->cursor != NULL && list->offset > 0)
    return wd_server_query_refuse (query, "offset", error,
                                   "cursor and offset do not go together");
  return TRUE;
}

static List *
make_list (WdServerRequest *request)
{
  List *list = g_new0 (List, 1);

  list->page = wd_page_request_new ();
  request->state = list;
  request->state_free = list_free;
  return list;
}

/**
 * wd_server_handle_jobs:
 * @request: to be answered
 */
void
wd_server_handle_jobs (WdServerRequest *request)
{
  List *list = make_list (request);
  g_autoptr (GError) error = NULL;

  list->jobs = wd_server_filter_dup_jobs (request->query, &error);
  if (list->jobs != NULL && read_place (list, request->query, &error))
    load_list (request);
  else
    wd_server_request_fail (request, error, wd_server_query_get_field (request->query));
}

static void
summary_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletSummary) summary
      = wd_direct_load_summary_finish (WD_DIRECT_BACKEND (source), result, &error);
  WdJsonWriter *writer;

  if (summary == NULL)
    {
      wd_server_request_fail_as (request, error, "Failed to fetch wallet summary");
      return;
    }
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_rest_summary_members (writer, summary);
  wd_server_request_answer (request, 200, writer);
}

/**
 * wd_server_handle_wallets:
 * @request: to be answered
 */
void
wd_server_handle_wallets (WdServerRequest *request)
{
  List *list;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (wd_server_query_get (request->query, "summary"), "true") == 0)
    {
      WdBackend *backend = wd_server_request_take_backend (request, WD_SERVER_LISTS);

      wd_direct_load_summary_async (WD_DIRECT_BACKEND (backend), request->cancellable, summary_cb,
                                    wd_server_request_ref (request));
      return;
    }
  list = make_list (request);
  list->wallets = wd_wallet_filter_new ();
  if (wd_server_filter_read_wallets (list->wallets, request->query, &error)
      && read_place (list, request->query, &error))
    load_list (request);
  else
    wd_server_request_fail (request, error, wd_server_query_get_field (request->query));
}

static void
grouped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdErrorReport) report =
    wd_backend_load_error_report_finish (WD_BACKEND (source), result, &error);
  WdJsonWriter *writer;

  if (report == NULL)
    {
      wd_server_request_fail (request, error, NULL);
      return;
    }
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_error_report_members (writer, report);
  wd_server_request_answer (request, 200, writer);
}

/**
 * wd_server_handle_errors:
 * @request: to be answered
 */
void
wd_server_handle_errors (WdServerRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdJobFilter) filter = wd_server_filter_dup_jobs (request->query, &error);
  gboolean all = g_strcmp0 (wd_server_query_get (request->query, "all"), "true") == 0;

  if (filter == NULL)
    wd_server_request_fail (request, error, wd_server_query_get_field (request->query));
  else
    wd_backend_load_error_report_async (wd_server_request_take_backend (request, WD_SERVER_LISTS),
                                        filter, all ? ERRORS_MOST : WD_ERROR_REPORT_JOBS,
                                        request->cancellable, grouped_cb,
                                        wd_server_request_ref (request));
}

static void
refuse_job (WdServerRequest *request)
{
  wd_server_request_refuse (request, 404, wd_error_code_name (WD_ERROR_NOT_FOUND), NULL,
                            "Job not found");
}

static void
job_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = wd_backend_find_jobs_finish (WD_BACKEND (source), result, &error);
  const WdJob *job = jobs != NULL && jobs->len > 0 ? jobs->pdata[0] : NULL;
  WdJsonWriter *writer;

  if (jobs == NULL)
    wd_server_request_fail_as (request, error, "Failed to fetch job details");
  else if (job == NULL || g_ascii_strcasecmp (job->id, request->word) != 0)
    refuse_job (request);
  else
    {
      writer = wd_json_writer_new ();
      wd_json_writer_begin_object (writer);
      wd_wire_job_members (writer, job);
      wd_server_request_answer (request, 200, writer);
    }
}

/**
 * wd_server_handle_job:
 * @request: to be answered
 *
 * What is no UUID is no row's.
 */
void
wd_server_handle_job (WdServerRequest *request)
{
  const char *const ids[] = { request->word, NULL };

  if (request->word == NULL || !g_uuid_string_is_valid (request->word))
    {
      refuse_job (request);
      return;
    }
  wd_backend_find_jobs_async (wd_server_request_take_backend (request, WD_SERVER_LISTS), ids,
                              request->cancellable, job_cb, wd_server_request_ref (request));
}
