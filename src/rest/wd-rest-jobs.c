/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of jobs. What of them is read, and how, is wd-rest-stretch.c's. */

#include "rest/wd-rest-jobs.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "rest/wd-rest-job.h"
#include "rest/wd-rest-key.h"
#include "rest/wd-rest-query.h"
#include "rest/wd-rest-stretch.h"

/* For reading a stretch from its end. */
#define MAX_STRETCH 5000

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
make_page (WdRestStretch *stretch, const WdPageRequest *request)
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
    page->next_cursor = wd_rest_key_format (stretch->jobs->pdata[end - 1], NULL);
  if (first > 0)
    page->previous_cursor = wd_rest_key_format (stretch->jobs->pdata[first - 1], NULL);
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
  WdRestStretch stretch = { .filter = filter };
  WdPage *page;

  stretch.jobs = wd_rest_find_jobs (client, ids, cancellable, error);
  if (stretch.jobs == NULL)
    return NULL;
  stretch.total = stretch.jobs->len;
  page = make_page (&stretch, request);
  wd_rest_stretch_clear (&stretch);
  return page;
}

static gboolean
has_cursor (const WdRestStretch *stretch, const WdPageRequest *request, char **queries)
{
  WdOffers offers = wd_rest_server_get_offers (wd_rest_client_get_server (stretch->client));

  return (offers & WD_OFFER_CURSOR) != 0 && !request->backwards && g_strv_length (queries) == 1
         && (stretch->after == NULL || stretch->after->cursor != NULL);
}

/* Not every server can look for anything, or has cursors: of one that has not answered yet that has
 * to be known first, since one that cannot would show everything. */
static gboolean
get_to_know (WdRestClient *client, const WdJobFilter *filter, const WdRestKey *after,
             GCancellable *cancellable, GError **error)
{
  return (wd_rest_query_is_common (filter) && (after == NULL || after->cursor == NULL))
         || wd_rest_client_get_acquainted (client, cancellable, error);
}

/* Reads the page that is wanted of @stretch. */
static WdPage *
read_page (WdRestStretch *stretch, const WdPageRequest *request, char **queries, GError **error)
{
  g_autofree char *next = NULL;
  WdPage *page = NULL;

  if (has_cursor (stretch, request, queries))
    {
      if (!wd_rest_stretch_read_behind (stretch, *queries, &next, error))
        return NULL;
      page = make_page (stretch, request);
      if (next != NULL && page->items->len > 0)
        page->next_cursor = wd_rest_key_format (page->items->pdata[page->items->len - 1], next);
      return page;
    }
  if (!wd_rest_stretch_read (stretch, queries, error))
    return NULL;
  if (!request->backwards || !stretch->is_cut)
    return make_page (stretch, request);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_FAILED,
                       _("So many jobs are new that the list has to be read again from its top"));
  return NULL;
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
  g_auto (GStrv) queries = NULL;
  WdRestStretch stretch = { .client = client, .filter = filter, .n_wanted = request->limit,
                            .cancellable = cancellable };
  WdPage *page;

  if (!check_request (request, error))
    return NULL;
  if ((request->cursor != NULL
       && (after = wd_rest_key_parse (request->cursor, error)) == NULL)
      || (request->until != NULL && (until = wd_rest_key_parse (request->until, error)) == NULL))
    return NULL;
  if (is_one_row (filter))
    return list_one (client, filter, request, cancellable, error);
  if (!get_to_know (client, filter, after, cancellable, error))
    return NULL;
  queries = wd_rest_query_jobs (filter,
                                wd_rest_server_get_offers (wd_rest_client_get_server (client)),
                                error);
  if (queries == NULL)
    return NULL;
  stretch.after = after;
  stretch.until = until;
  if (request->backwards)
    stretch.n_wanted = MAX_STRETCH;
  page = read_page (&stretch, request, queries, error);
  wd_rest_stretch_clear (&stretch);
  return page;
}
