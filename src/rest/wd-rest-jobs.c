/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of jobs, from new to old, over an endpoint that knows offsets only and gives jobs of the
 * same time in any order.
 *
 * A page begins behind a place (time, id) and is asked for by time: rows made meanwhile shift
 * nothing. Rows are taken until one is older than the last that is wanted, so that those of one
 * time are all there before they are put in the order of their ids. Several words of a filter are
 * several such readings, put together. */

#include "rest/wd-rest-jobs.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "rest/wd-rest-job.h"
#include "rest/wd-rest-key.h"
#include "rest/wd-rest-query.h"
#include "wire/wd-wire-read-answer.h"

/* Rows of one time, which have to be read together. */
#define MORE_ROWS    20
#define MAX_REQUESTS 20
/* For reading a stretch from its end. */
#define MAX_STRETCH  5000

/* A part of a list, read from one or several queries. */
typedef struct {
  WdRestClient *client;
  const WdJobFilter *filter;
  const WdRestKey *after;    /* (nullable) */
  const WdRestKey *until;    /* (nullable) */
  guint n_wanted;
  GCancellable *cancellable; /* (nullable) */
  GPtrArray *jobs;           /* (owned) (element-type WdJob) */
  GHashTable *ids;           /* (owned) (element-type utf8): of these */
  gboolean is_cut;           /* it goes on behind what was read */
  gint64 total;              /* of what was read so far; -1 once unknown */
} Stretch;

typedef enum {
  READING_GOES_ON,
  READING_ENOUGH,            /* the rows that are wanted are there */
  READING_PASSED,            /* the end of the stretch */
  READING_ENDED,             /* there is no more */
  READING_FAILED,
} ReadingState;

/* One query of it. */
typedef struct {
  const char *query;
  guint limit;               /* of the next request */
  gint64 offset;             /* likewise */
  GPtrArray *taken;          /* (owned) (element-type WdJob) (unowned elements) */
  gint64 total;
  gboolean passed;           /* the end of the stretch */
} Reading;

static WdWireRows *
fetch (const Stretch *stretch, const Reading *reading, WdRestAnswer **answer, GError **error)
{
  g_autoptr (GString) query = g_string_new (reading->query);
  WdTime to = stretch->filter->to;
  WdWireRows *rows;

  if (stretch->after != NULL && wd_time_is_finite (stretch->after->created)
      && (to == WD_TIME_NONE || stretch->after->created < to))
    to = stretch->after->created;
  wd_rest_query_add_time (query, "from_date", stretch->filter->from);
  wd_rest_query_add_time (query, "to_date", to);
  wd_rest_query_add_number (query, "limit", reading->limit);
  wd_rest_query_add_number (query, "offset", reading->offset);
  *answer = wd_rest_client_get (stretch->client, "/api/jobs/list", query->str,
                                stretch->cancellable, error);
  if (*answer == NULL)
    return NULL;
  rows = wd_wire_read_jobs ((*answer)->text, (*answer)->length, error);
  if (rows == NULL)
    wd_rest_answer_prefix (*answer, error);
  return rows;
}

static gboolean
is_newer (WdTime a, WdTime b)
{
  return b != WD_TIME_NONE && (a == WD_TIME_NONE || a > b);
}

/* A row behind @until only tells that the end was passed once it is also older: those of its time
 * come in any order. */
static void
take_row (Stretch *stretch, Reading *reading, WdJob *job)
{
  if (stretch->until != NULL && is_newer (stretch->until->created, job->created_at))
    reading->passed = TRUE;
  if ((stretch->after != NULL && wd_rest_key_compare (job, stretch->after) <= 0)
      || (stretch->until != NULL && wd_rest_key_compare (job, stretch->until) > 0)
      || !g_hash_table_add (stretch->ids, job->id))
    return;
  g_ptr_array_add (stretch->jobs, wd_job_ref (job));
  g_ptr_array_add (reading->taken, job);
}

/* Returns: how many rows were taken that nothing can come before any more */
static guint
count_complete (const Reading *reading, WdTime last)
{
  guint n = 0;

  for (guint i = 0; i < reading->taken->len; i++)
    n += is_newer (((const WdJob *) reading->taken->pdata[i])->created_at, last);
  return n;
}

/* Rows of one time come in any order, which may be another one with another limit: an answer that
 * was too short is asked for again as a whole, as long as one holds it. */
static void
choose_next (Reading *reading, guint n_rows)
{
  if (n_rows >= reading->limit && reading->limit < WD_PAGE_LIMIT_MAX)
    reading->limit = WD_PAGE_LIMIT_MAX;
  else
    reading->offset += n_rows;
}

/* Takes one answer. */
static ReadingState
read_answer (Stretch *stretch, Reading *reading, GError **error)
{
  g_autoptr (WdRestAnswer) answer = NULL;
  g_autoptr (WdWireRows) rows = fetch (stretch, reading, &answer, error);
  const WdJob *before = NULL;
  gint64 n_seen;

  if (rows == NULL)
    return READING_FAILED;
  for (guint i = 0; i < rows->items->len; i++)
    {
      WdJob *job = rows->items->pdata[i];

      if (before != NULL && is_newer (job->created_at, before->created_at))
        {
          g_set_error (error, WD_ERROR, WD_ERROR_PROTOCOL,
                       _("%s did not list its jobs from new to old"), answer->host);
          return READING_FAILED;
        }
      before = job;
      take_row (stretch, reading, job);
    }
  n_seen = reading->offset + rows->items->len;
  if (reading->total < 0 && rows->total > 0 && rows->total >= n_seen)
    reading->total = rows->total;
  if (before == NULL || (reading->total >= 0 && n_seen >= reading->total))
    return READING_ENDED;
  if (reading->passed)
    return READING_PASSED;
  if (count_complete (reading, before->created_at) >= stretch->n_wanted
      && reading->taken->len > stretch->n_wanted)
    return READING_ENOUGH;
  choose_next (reading, rows->items->len);
  return READING_GOES_ON;
}

static gboolean
read_query (Stretch *stretch, const char *query, GError **error)
{
  Reading reading = { .query = query, .total = -1, .taken = g_ptr_array_new (),
                      .limit = MIN (stretch->n_wanted + MORE_ROWS, WD_PAGE_LIMIT_MAX) };
  ReadingState state = READING_GOES_ON;

  for (guint i = 0; state == READING_GOES_ON && i < MAX_REQUESTS; i++)
    state = read_answer (stretch, &reading, error);
  /* What was read from its beginning to its end is counted by that. */
  if (reading.total < 0 && state == READING_ENDED)
    reading.total = reading.taken->len;
  stretch->total = stretch->total < 0 || reading.total < 0 ? -1 : stretch->total + reading.total;
  stretch->is_cut |= state == READING_ENOUGH;
  g_ptr_array_unref (reading.taken);
  if (state == READING_GOES_ON)
    g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
                 _("More than %d jobs were made at the same moment, too many for a remote "
                   "dashboard to list"), (MAX_REQUESTS - 1) * WD_PAGE_LIMIT_MAX);
  return state != READING_GOES_ON && state != READING_FAILED;
}

static int
compare_jobs (gconstpointer a, gconstpointer b)
{
  return wd_rest_key_compare_jobs (*(WdJob *const *) a, *(WdJob *const *) b);
}

static gboolean
read_stretch (Stretch *stretch, GError **error)
{
  g_auto (GStrv) queries = wd_rest_query_jobs (stretch->filter, error);

  stretch->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  stretch->ids = g_hash_table_new (g_str_hash, g_str_equal);
  if (queries == NULL)
    return FALSE;
  for (char **query = queries; *query != NULL; query++)
    if (!read_query (stretch, *query, error))
      return FALSE;
  g_ptr_array_sort (stretch->jobs, compare_jobs);
  return TRUE;
}

static void
clear_stretch (Stretch *stretch)
{
  g_clear_pointer (&stretch->ids, g_hash_table_unref);
  g_clear_pointer (&stretch->jobs, g_ptr_array_unref);
}

static gboolean
check_request (const WdPageRequest *request, GError **error)
{
  const char *reason = NULL;

  if (request->sort != WD_SORT_CREATED || request->ascending)
    reason = _("A remote dashboard lists jobs from new to old, and in no other order");
  else if (request->stride > 0 || request->known != NULL)
    reason = _("A remote dashboard cannot pass over a list without reading it");
  if (reason != NULL)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED, reason);
  return reason == NULL;
}

/* Cuts the stretch to the page that was asked for. */
static WdPage *
make_page (Stretch *stretch, const WdPageRequest *request)
{
  WdPage *page = wd_page_new ();
  guint n = stretch->jobs->len, limit = request->limit;
  guint first = request->backwards && n > limit ? n - limit : 0;
  guint end = MIN (first + limit, n);

  page->items = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  for (guint i = first; i < end; i++)
    {
      WdJob *job = stretch->jobs->pdata[i];

      if (!request->with_data)
        g_clear_pointer (&job->data, g_free);
      g_ptr_array_add (page->items, wd_job_ref (job));
    }
  if (end > 0 && end < n)
    page->next_cursor = wd_rest_key_format (stretch->jobs->pdata[end - 1]);
  if (first > 0)
    page->previous_cursor = wd_rest_key_format (stretch->jobs->pdata[first - 1]);
  page->total = request->with_total && stretch->after == NULL && stretch->until == NULL
                  ? stretch->total : -1;
  page->total_is_exact = page->total >= 0;
  page->sorts = 1u << WD_SORT_CREATED;
  page->is_forward = TRUE;
  page->searched_to = WD_TIME_NONE;
  page->n_to_search = -1;
  return page;
}

/* A whole id alone is no search: the endpoint finds that row. */
static gboolean
is_one_row (const WdJobFilter *filter)
{
  g_autoptr (WdJobFilter) others = NULL;

  if (filter->id_prefix == NULL || !g_uuid_string_is_valid (filter->id_prefix))
    return FALSE;
  others = wd_job_filter_copy (filter);
  g_clear_pointer (&others->id_prefix, g_free);
  return wd_job_filter_is_empty (others);
}

static WdPage *
list_one (WdRestClient *client, const WdJobFilter *filter, const WdPageRequest *request,
          GCancellable *cancellable, GError **error)
{
  const char *const ids[] = { filter->id_prefix, NULL };
  Stretch stretch = { .filter = filter };
  WdPage *page;

  stretch.jobs = wd_rest_find_jobs (client, ids, cancellable, error);
  if (stretch.jobs == NULL)
    return NULL;
  stretch.total = stretch.jobs->len;
  page = make_page (&stretch, request);
  clear_stretch (&stretch);
  return page;
}

/**
 * wd_rest_list_jobs:
 * @client: whom to ask
 * @filter: which
 * @request: how many, and after which
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED for what the endpoint cannot do, with the reason; others in
 *   #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): a page of #WdJob
 */
WdPage *
wd_rest_list_jobs (WdRestClient *client, const WdJobFilter *filter, const WdPageRequest *request,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRestKey) after = NULL;
  g_autoptr (WdRestKey) until = NULL;
  Stretch stretch = { client, filter, NULL, NULL, request->limit, cancellable, NULL, NULL, FALSE,
                      0 };
  WdPage *page = NULL;

  if (!check_request (request, error))
    return NULL;
  if ((request->cursor != NULL
       && (after = wd_rest_key_parse (request->cursor, error)) == NULL)
      || (request->until != NULL && (until = wd_rest_key_parse (request->until, error)) == NULL))
    return NULL;
  if (is_one_row (filter))
    return list_one (client, filter, request, cancellable, error);
  stretch.after = after;
  stretch.until = until;
  if (request->backwards)
    stretch.n_wanted = MAX_STRETCH;
  if (!read_stretch (&stretch, error))
    ;
  else if (request->backwards && stretch.is_cut)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_FAILED,
                         _("So many jobs are new that the list has to be read again from its "
                           "top"));
  else
    page = make_page (&stretch, request);
  clear_stretch (&stretch);
  return page;
}
