/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A part of a list of jobs, from new to old, over an endpoint that knows offsets only and gives
 * jobs of the same time in any order.
 *
 * A page begins behind a place (time, id) and is asked for by time: rows made meanwhile shift
 * nothing. Rows are taken until one is older than the last that is wanted, so that those of one
 * time are all there before they are put in the order of their ids. Several words of a filter are
 * several such readings, put together.
 *
 * A server that has cursors keeps an order of its own, which is the same: what is one query there
 * is read on by its cursor. */

#include "rest/wd-rest-stretch.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-page.h"
#include "rest/wd-rest-query.h"
#include "wire/wd-wire-read-answer.h"

/* Rows of one time, which have to be read together. */
#define MORE_ROWS    20
#define MAX_REQUESTS 20

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
fetch_rows (const WdRestStretch *stretch, const char *query, WdRestAnswer **answer, GError **error)
{
  WdWireRows *rows;

  *answer = wd_rest_client_get (stretch->client, "/api/jobs/list", query, stretch->cancellable,
                                error);
  if (*answer == NULL)
    return NULL;
  rows = wd_wire_read_jobs ((*answer)->text, (*answer)->length, error);
  if (rows == NULL)
    wd_rest_answer_prefix (*answer, error);
  return rows;
}

static WdWireRows *
fetch (const WdRestStretch *stretch, const Reading *reading, WdRestAnswer **answer, GError **error)
{
  g_autoptr (GString) query = g_string_new (reading->query);
  WdTime to = stretch->filter->to;

  if (stretch->after != NULL && wd_time_is_finite (stretch->after->created)
      && (to == WD_TIME_NONE || stretch->after->created < to))
    to = stretch->after->created;
  wd_rest_query_add_time (query, "from_date", stretch->filter->from);
  wd_rest_query_add_time (query, "to_date", to);
  wd_rest_query_add_number (query, "limit", reading->limit);
  wd_rest_query_add_number (query, "offset", reading->offset);
  return fetch_rows (stretch, query->str, answer, error);
}

static gboolean
is_newer (WdTime a, WdTime b)
{
  return b != WD_TIME_NONE && (a == WD_TIME_NONE || a > b);
}

/* A row behind @until only tells that the end was passed once it is also older: those of its time
 * come in any order. */
static void
take_row (WdRestStretch *stretch, Reading *reading, WdJob *job)
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
read_answer (WdRestStretch *stretch, Reading *reading, GError **error)
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
read_query (WdRestStretch *stretch, const char *query, GError **error)
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

static void
begin (WdRestStretch *stretch)
{
  stretch->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  stretch->ids = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * wd_rest_stretch_read:
 * @stretch: a part of a list, of which nothing is read yet
 * @queries: (array zero-terminated=1): of wd_rest_query_jobs()
 * @error: in #WD_ERROR
 *
 * By time. Worker.
 */
gboolean
wd_rest_stretch_read (WdRestStretch *stretch, char **queries, GError **error)
{
  begin (stretch);
  for (char **query = queries; *query != NULL; query++)
    if (!read_query (stretch, *query, error))
      return FALSE;
  g_ptr_array_sort (stretch->jobs, compare_jobs);
  return TRUE;
}

/**
 * wd_rest_stretch_read_behind:
 * @stretch: a part of a list, of which nothing is read yet, from its beginning or behind a cursor
 *   of the server's
 * @query: of wd_rest_query_jobs()
 * @next: (out) (transfer full) (nullable): the server's cursor, where it goes on
 * @error: in #WD_ERROR
 *
 * One page, by the server's own cursor. Worker.
 */
gboolean
wd_rest_stretch_read_behind (WdRestStretch *stretch, const char *query, char **next,
                             GError **error)
{
  g_autoptr (GString) whole = g_string_new (query);
  g_autoptr (WdRestAnswer) answer = NULL;
  g_autoptr (WdWireRows) rows = NULL;
  gboolean passed = FALSE;

  begin (stretch);
  wd_rest_query_add_time (whole, "from_date", stretch->filter->from);
  wd_rest_query_add_time (whole, "to_date", stretch->filter->to);
  wd_rest_query_add_number (whole, "limit", MIN (stretch->n_wanted, WD_PAGE_LIMIT_MAX));
  wd_rest_query_add (whole, "cursor", stretch->after != NULL ? stretch->after->cursor : NULL);
  rows = fetch_rows (stretch, whole->str, &answer, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->items->len && !passed; i++)
    {
      passed = stretch->until != NULL
               && wd_rest_key_compare (rows->items->pdata[i], stretch->until) > 0;
      if (!passed)
        g_ptr_array_add (stretch->jobs, wd_job_ref (rows->items->pdata[i]));
    }
  if (!passed)
    *next = g_strdup (rows->next_cursor);
  stretch->total = rows->total > 0 ? rows->total : -1;
  if (stretch->total < 0 && stretch->after == NULL && *next == NULL)
    stretch->total = stretch->jobs->len;
  return TRUE;
}

/**
 * wd_rest_stretch_clear:
 * @stretch: any
 */
void
wd_rest_stretch_clear (WdRestStretch *stretch)
{
  g_clear_pointer (&stretch->ids, g_hash_table_unref);
  g_clear_pointer (&stretch->jobs, g_ptr_array_unref);
}
