/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Searches of a list too long to be read at once, on a real server: what they find is compared with
 * what one statement finds, with the index and without. */

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "list-case.h"
#include "model/wd-filter-text.h"
#include "postgres/wd-pg-jobs.h"
#include "postgres/wd-pg-migrator.h"

#define WAIT_MS 30000
#define N_JOBS  24000

/* Ties in time, also across slices; a rare text, common ones, and texts that mean something to LIKE
 * and to JSON. */
#define JOBS_SQL                                                                                  \
  "INSERT INTO job_logs (job_id, job_type, status, wallet_address, error_message, data,"          \
  " created_at) SELECT 'job-' || i, 'sync',"                                                       \
  " CASE WHEN i % 3 = 0 THEN 'failed' ELSE 'completed' END,"                                      \
  " CASE WHEN i % 5 > 0 THEN 'T%_' || i % 700 END,"                                               \
  " CASE WHEN i % 3 = 0 THEN 'Out of Energy: need ' || i % 500 WHEN i = 20 THEN 'needle' END,"    \
  " jsonb_build_object('amount', i % 90, 'note', 'say \"hello ' || i % 800 || '\"'),"              \
  " TIMESTAMPTZ '2026-01-01' + (i / 3) * INTERVAL '1 second'"                                     \
  " FROM generate_series (1, 24000) AS i"

/* So many that match an error of "need 33", and as many that do not. */
#define NEW_JOBS_SQL(n)                                                                           \
  "INSERT INTO job_logs (job_id, job_type, status, error_message)"                                \
  " SELECT 'new-' || gen_random_uuid(), 'sync', 'failed', 'need ' || 33 + i % 2"                  \
  " FROM generate_series (1, 2 * " n ") AS i"

typedef struct {
  const char *line;   /* of the filter */
  const char *where;  /* the same as SQL */
} Search;

static const Search searches[] = {
  { "needle", "error_message ILIKE '%needle%'" },
  { "job-1999", "job_id ILIKE '%job-1999%'" },
  { "search:needle", "FALSE" },
  { "search:job-123", "job_id ILIKE '%job-123%'" },
  { "ENERGY", "error_message ILIKE '%energy%'" },
  { "\"need 499\"", "error_message ILIKE '%need 499%'" },
  { "\"t%_69\"", "wallet_address ILIKE 't\\%\\_69%'" },
  { "zz", "FALSE" },
  { "b-9", "id::text ILIKE '%b-9%' OR job_id ILIKE '%b-9%'" },
  { "status:failed error:\"need 7\"", "status = 'failed' AND error_message ILIKE '%need 7%'" },
  { "status:failed,pending -error:energy", "FALSE" },
  { "data.note:~\"hello 799\"", "data ->> 'note' ILIKE '%hello 799%'" },
  { "data.note:~\"say \\\"hello\"", "TRUE" },
  { "data.amount:89", "data ->> 'amount' = '89'" },
  { "created:<2026-01-01T00:30:00Z energy",
    "created_at < '2026-01-01T00:30:00Z' AND error_message ILIKE '%energy%'" },
};

static void
set_up (ListCase *fixture, gconstpointer data)
{
  list_case_set_up (fixture, data);
  pg_test_run (fixture->connection, JOBS_SQL);
  pg_test_run (fixture->connection, "ANALYZE job_logs");
}

static void
tear_down (ListCase *fixture, gconstpointer data)
{
  pg_test_run (fixture->connection, "ALTER TABLE job_logs DISABLE ROW LEVEL SECURITY");
  pg_test_run (fixture->connection, "ALTER TABLE job_logs NO FORCE ROW LEVEL SECURITY");
  pg_test_run (fixture->connection, "DROP POLICY IF EXISTS slow ON job_logs");
  list_case_tear_down (fixture, data);
}

/* A server that needs a moment for each of a few of the rows it looks at. */
static void
slow_down (ListCase *fixture)
{
  pg_test_run (fixture->connection, "CREATE POLICY slow ON job_logs"
                                    " USING (id::text > '1' OR pg_sleep(0.001) IS NOT NULL)");
  pg_test_run (fixture->connection, "ALTER TABLE job_logs ENABLE ROW LEVEL SECURITY");
  pg_test_run (fixture->connection, "ALTER TABLE job_logs FORCE ROW LEVEL SECURITY");
}

static void
make_indexes (ListCase *fixture)
{
  static const char *const names[] = { "0015_job_search", "0016_data_search", NULL };
  g_autoptr (GError) error = NULL;

  wd_pg_migrator_apply (fixture->connection, names, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static WdJobFilter *
read_filter (const char *line)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  WdTextSpan span;
  WdJobFilter *filter = wd_job_filter_from_text (line, zone, wd_time_now (), &span, &error);

  g_assert_no_error (error);
  return filter;
}

static char *
expect (ListCase *fixture, const char *where, gboolean ascending)
{
  const char *way = ascending ? "ASC" : "DESC";
  g_autofree char *sql = g_strdup_printf (
    "SELECT coalesce(string_agg(job_id, ' ' ORDER BY created_at %s, id %s), '') FROM job_logs"
    " WHERE %s", way, way, where);

  return pg_test_ask (fixture->connection, sql);
}

/* Every page there is, however many pieces that takes. */
static char *
walk (ListCase *fixture, const char *line, gboolean ascending, guint limit, gboolean by_index,
      guint *n_pieces)
{
  g_autoptr (WdJobFilter) filter = read_filter (line);
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (GString) ids = g_string_new (NULL);

  request->piecemeal = TRUE;
  request->ascending = ascending;
  request->limit = limit;
  request->pace.index_first = by_index;
  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WdPage) page = wd_pg_jobs_list (fixture->connection, filter, request,
                                                 wd_deadline_in (WAIT_MS), NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (page->items->len, <=, limit);
      g_assert_true (page->is_partial || page->next_cursor == NULL || page->items->len == limit);
      *n_pieces += page->is_partial;
      for (guint i = 0; i < page->items->len; i++)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "",
                                ((const WdJob *) page->items->pdata[i])->job_id);
      g_free (request->cursor);
      request->cursor = g_strdup (page->next_cursor);
      request->pace = page->pace;
      request->with_total = FALSE;
    }
  while (request->cursor != NULL);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
check_all (ListCase *fixture, gboolean by_index)
{
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    for (guint ascending = 0; ascending < 2; ascending++)
      {
        g_autofree char *expected = expect (fixture, searches[i].where, ascending);
        guint n_pieces = 0;
        g_autofree char *found = walk (fixture, searches[i].line, ascending,
                                       i % 2 == 0 ? 1000 : 41, by_index, &n_pieces);

        if (!g_str_equal (found, expected))
          g_error ("%s found “%s”, not “%s”", searches[i].line, found, expected);
      }
}

static void
test_finds_all (ListCase *fixture, gconstpointer data)
{
  check_all (fixture, FALSE);
}

static void
test_finds_all_by_index (ListCase *fixture, gconstpointer data)
{
  make_indexes (fixture);
  check_all (fixture, TRUE);
  pg_test_run (fixture->connection, "DROP INDEX wd_job_logs_search, wd_job_logs_data");
  pg_test_run (fixture->connection, "DELETE FROM worker_dashboard.migration"
                                    " WHERE name IN ('0015_job_search', '0016_data_search')");
}

static void
test_pieces (ListCase *fixture, gconstpointer data)
{
  g_autofree char *expected = expect (fixture, "error_message ILIKE '%need 123%'", FALSE);
  g_autofree char *found = NULL;
  guint n_pieces = 0;

  slow_down (fixture);
  found = walk (fixture, "\"need 123\"", FALSE, 1000, FALSE, &n_pieces);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (n_pieces, >, 1);
}

static void
query (ListCase *fixture, const char *line)
{
  g_autoptr (WdJobFilter) filter = read_filter (line);

  wd_paged_list_set_viewport (fixture->list, 0, 20);
  wd_paged_list_set_query (fixture->list, filter, WD_SORT_CREATED, FALSE);
  LIST_CASE_WAIT (!wd_paged_list_is_loading (fixture->list));
}

static guint
count_found (ListCase *fixture)
{
  return wd_paged_list_get_n_found (fixture->list);
}

/* It goes on by itself until what is near is full, is stopped, and goes on where it was. */
static void
test_stopped (ListCase *fixture, gconstpointer data)
{
  WdListSearch search;
  gint64 n_searched, total;
  gboolean is_exact;

  slow_down (fixture);
  query (fixture, "needle");
  g_assert_true (wd_paged_list_get_search (fixture->list, &search));
  g_assert_cmpint (search.n_to_search, >, N_JOBS * 0.9);
  g_assert_false (search.is_over);
  LIST_CASE_WAIT (wd_paged_list_get_search (fixture->list, &search) && search.is_running);
  n_searched = search.n_searched;
  wd_paged_list_stop_search (fixture->list);
  LIST_CASE_WAIT (!wd_paged_list_is_busy (fixture->list));
  wd_paged_list_get_search (fixture->list, &search);
  g_assert_true (search.is_stopped && !search.is_running && !search.is_over);
  g_assert_cmpint (search.n_searched, ==, n_searched);
  g_assert_cmpint (n_searched, <, N_JOBS);
  g_assert_cmpint (wd_paged_list_get_total (fixture->list, &is_exact), ==, -1);

  wd_paged_list_go_on_searching (fixture->list);
  LIST_CASE_WAIT (wd_paged_list_get_search (fixture->list, &search) && search.is_over);
  LIST_CASE_WAIT (!wd_paged_list_is_busy (fixture->list));
  total = wd_paged_list_get_total (fixture->list, &is_exact);
  g_assert_cmpint (total, ==, 1);
  g_assert_true (is_exact);
  g_assert_cmpuint (count_found (fixture), ==, 1);
}

/* Rows on screen are read again by their ids: a refresh does not search. */
static void
test_refresh (ListCase *fixture, gconstpointer data)
{
  g_autoptr (WdRow) row = NULL;
  WdListSearch search;
  gboolean or_more;

  query (fixture, "error:\"need 33\"");
  LIST_CASE_WAIT (!wd_paged_list_is_busy (fixture->list));
  g_assert_true (wd_paged_list_get_search (fixture->list, &search));
  g_assert_cmpuint (count_found (fixture), >, 100);
  row = g_list_model_get_item (G_LIST_MODEL (fixture->list), 2);
  pg_test_run (fixture->connection,
               "UPDATE job_logs SET retry_count = 7 WHERE error_message ILIKE '%need 33%'");
  pg_test_run (fixture->connection, "UPDATE job_logs SET error_message = 'other' WHERE id = (SELECT"
                                    " id FROM job_logs WHERE error_message ILIKE '%need 33%'"
                                    " ORDER BY created_at DESC, id DESC LIMIT 1)");
  slow_down (fixture);
  list_case_refresh (fixture);
  g_assert_cmpint (((const WdJob *) wd_row_get_record (row))->retry_count, ==, 7);
  g_assert_true (wd_paged_list_peek (fixture->list, 1) == row);

  /* What is new comes in at the top, and is only announced to who reads further down. */
  pg_test_run (fixture->connection, NEW_JOBS_SQL ("1"));
  list_case_refresh (fixture);
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 0);
  g_assert_true (wd_paged_list_peek (fixture->list, 2) == row);
  wd_paged_list_set_viewport (fixture->list, 5, 20);
  pg_test_run (fixture->connection, NEW_JOBS_SQL ("3"));
  list_case_refresh (fixture);
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 3);
  g_assert_false (or_more);
  g_assert_true (wd_paged_list_peek (fixture->list, 2) == row);
}

static void
test_counted (ListCase *fixture, gconstpointer data)
{
  g_autofree char *expected = pg_test_ask (fixture->connection,
                                           "SELECT count(*) FROM job_logs"
                                           " WHERE error_message ILIKE '%energy%'");
  gint64 n_counted;
  gboolean is_exact;

  query (fixture, "energy");
  LIST_CASE_WAIT (!wd_paged_list_is_busy (fixture->list));
  g_assert_cmpint (wd_paged_list_get_total (fixture->list, &is_exact), ==, -1);
  wd_paged_list_count (fixture->list);
  LIST_CASE_WAIT (!wd_paged_list_is_counting (fixture->list, &n_counted));
  g_assert_cmpint (wd_paged_list_get_total (fixture->list, &is_exact), ==,
                   g_ascii_strtoll (expected, NULL, 10));
  g_assert_true (is_exact);
}

static void
add (const char *path, void (*func) (ListCase *fixture, gconstpointer data))
{
  g_test_add (path, ListCase, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/list-search/finds-all", test_finds_all);
  add ("/list-search/finds-all-by-index", test_finds_all_by_index);
  add ("/list-search/pieces", test_pieces);
  add ("/list-search/stopped", test_stopped);
  add ("/list-search/refresh", test_refresh);
  add ("/list-search/counted", test_counted);
  return g_test_run ();
}
