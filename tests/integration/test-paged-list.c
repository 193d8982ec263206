/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The list a table stands on, against a real server. */

#include "list-case.h"

/* (transfer full) */
static WdRow *
get_row (ListCase *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->list), position);
}

static void
assert_job (ListCase *fixture, guint position, const char *job_id)
{
  g_autoptr (WdRow) row = get_row (fixture, position);

  g_assert_nonnull (row);
  g_assert_nonnull (wd_row_get_record (row));
  g_assert_cmpstr (((const WdJob *) wd_row_get_record (row))->job_id, ==, job_id);
}

/* Asks for the last row, as a view does that is scrolled down, until there is no more. */
static void
scroll_through (ListCase *fixture)
{
  while (!wd_paged_list_is_complete (fixture->list))
    {
      guint n_loaded = wd_paged_list_get_n_loaded (fixture->list);
      g_autoptr (WdRow) row = get_row (fixture, n_loaded - 1);

      wd_paged_list_set_viewport (fixture->list, n_loaded - 20, 20);
      LIST_CASE_WAIT (wd_paged_list_get_n_loaded (fixture->list) > n_loaded
                  || wd_paged_list_is_complete (fixture->list));
    }
}

static void
test_empty (ListCase *fixture, gconstpointer data)
{
  gboolean is_exact;

  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  g_assert_cmpint (wd_paged_list_get_total (fixture->list, &is_exact), ==, 0);
  g_assert_true (wd_paged_list_is_complete (fixture->list));
  list_case_insert_jobs (fixture, 1, 3);
  wd_paged_list_refresh (fixture->list);
  LIST_CASE_WAIT (wd_paged_list_get_n_loaded (fixture->list) == 3);
  assert_job (fixture, 0, "job-3");
}

static void
test_everything_once (ListCase *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_exact;

  list_case_insert_jobs (fixture, 1, 3333);
  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  scroll_through (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 3333);
  g_assert_cmpint (wd_paged_list_get_total (fixture->list, &is_exact), ==, 3333);
  for (guint i = 0; i < 3333; i++)
    {
      g_autoptr (WdRow) row = get_row (fixture, i);

      g_assert_true (g_hash_table_add (seen, g_strdup (wd_row_get_id (row))));
    }
  assert_job (fixture, 0, "job-3333");
  assert_job (fixture, 3332, "job-1");
}

static void
test_sorted (ListCase *fixture, gconstpointer data)
{
  list_case_insert_jobs (fixture, 1, 300);
  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  assert_job (fixture, 0, "job-300");
  list_case_query (fixture, NULL, WD_SORT_CREATED, TRUE);
  assert_job (fixture, 0, "job-1");
  scroll_through (fixture);
  assert_job (fixture, 299, "job-300");
}

static void
test_refresh_in_place (ListCase *fixture, gconstpointer data)
{
  g_autoptr (WdRow) row = NULL;
  g_autoptr (WdRow) same = NULL;

  list_case_insert_jobs (fixture, 1, 10);
  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  row = get_row (fixture, 4);
  pg_test_run (fixture->connection, "UPDATE job_logs SET status = 'active' WHERE job_id = 'job-6'");
  list_case_refresh (fixture);
  same = get_row (fixture, 4);
  g_assert_true (row == same);
  g_assert_cmpstr (((const WdJob *) wd_row_get_record (row))->status, ==, "active");
}

/* Blocks that shrink to a screen are counted as they stand, however dear it was to be told. */
static void
test_fewer (ListCase *fixture, gconstpointer data)
{
  gboolean is_exact;

  list_case_insert_jobs (fixture, 1, 900);
  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  scroll_through (fixture);
  wd_paged_list_set_viewport (fixture->list, 0, 20);
  pg_test_run (fixture->connection, "DELETE FROM job_logs WHERE job_id NOT LIKE 'job-9_'");
  for (int i = 0; i < 10 && g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) > 10; i++)
    list_case_refresh (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 10);
  g_assert_cmpint (wd_paged_list_get_total (fixture->list, &is_exact), ==, 10);
  g_assert_true (is_exact);
}

static void
test_gone (ListCase *fixture, gconstpointer data)
{
  list_case_insert_jobs (fixture, 1, 10);
  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  pg_test_run (fixture->connection, "DELETE FROM job_logs WHERE job_id = 'job-9'");
  list_case_refresh (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 9);
  assert_job (fixture, 1, "job-8");
}

static void
test_new_at_the_top (ListCase *fixture, gconstpointer data)
{
  g_autoptr (WdRow) first = NULL;
  g_autoptr (WdRow) third = NULL;
  gboolean or_more;

  list_case_insert_jobs (fixture, 1, 500);
  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  list_case_insert_jobs (fixture, 501, 505);
  list_case_refresh (fixture);
  assert_job (fixture, 0, "job-505");
  assert_job (fixture, 5, "job-500");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 0);

  /* Who reads further down is only told, also when there are more than fit a page. */
  wd_paged_list_set_viewport (fixture->list, 10, 20);
  list_case_insert_jobs (fixture, 506, 507);
  list_case_refresh (fixture);
  assert_job (fixture, 0, "job-505");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 2);
  g_assert_false (or_more);

  /* Taken, they come in above rows that stay the items they are, so that one of them stays
   * selected; also where a refresh is under way that would leave them out. */
  first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  wd_paged_list_refresh (fixture->list);
  wd_paged_list_take_new (fixture->list);
  LIST_CASE_WAIT (!wd_paged_list_is_busy (fixture->list));
  assert_job (fixture, 0, "job-507");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 0);
  third = g_list_model_get_item (G_LIST_MODEL (fixture->list), 2);
  g_assert_true (third == first);

  wd_paged_list_set_viewport (fixture->list, 10, 20);
  list_case_insert_jobs (fixture, 508, 1200);
  list_case_refresh (fixture);
  assert_job (fixture, 0, "job-507");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), >, 2);
  g_assert_true (or_more);

  /* Back at the top they come in. */
  wd_paged_list_set_viewport (fixture->list, 0, 20);
  list_case_refresh (fixture);
  assert_job (fixture, 0, "job-1200");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 0);
  scroll_through (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1200);
}

/* “In the last eleven seconds” is counted from when it was read, not from when it was asked. */
static void
test_moving_bound (ListCase *fixture, gconstpointer data)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  guint n_refreshes = 0;

  pg_test_run (fixture->connection,
               "INSERT INTO job_logs (job_id, job_type, status, created_at) "
               "VALUES ('old', 'sync', 'pending', now () - INTERVAL '10 seconds'), "
               "('new', 'sync', 'pending', now ())");
  filter->from_ago = 11 * G_USEC_PER_SEC;
  wd_job_filter_set_now (filter, wd_time_now ());
  wd_paged_list_set_query (fixture->list, filter, WD_SORT_CREATED, FALSE);
  LIST_CASE_WAIT (!wd_paged_list_is_loading (fixture->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 2);
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == 2 && n_refreshes++ < 100000)
    list_case_refresh (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  assert_job (fixture, 0, "new");
}

static void
test_superseded (ListCase *fixture, gconstpointer data)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  list_case_insert_jobs (fixture, 1, 300);
  wd_paged_list_set_query (fixture->list, filter, WD_SORT_CREATED, FALSE);
  filter->search = g_strdup ("job-27");
  wd_paged_list_set_query (fixture->list, filter, WD_SORT_CREATED, FALSE);
  list_case_query (fixture, "job-299", WD_SORT_CREATED, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  assert_job (fixture, 0, "job-299");
}

static void
test_server_hangs (ListCase *fixture, gconstpointer data)
{
  list_case_insert_jobs (fixture, 1, 10);
  list_case_query (fixture, NULL, WD_SORT_CREATED, FALSE);
  pg_test_stop_server ();
  wd_paged_list_refresh (fixture->list);
  LIST_CASE_WAIT (wd_paged_list_get_error (fixture->list) != NULL);
  g_assert_cmpuint (wd_paged_list_get_n_loaded (fixture->list), ==, 10);
  assert_job (fixture, 0, "job-10");
  pg_test_continue_server ();
  list_case_insert_jobs (fixture, 11, 11);
  LIST_CASE_WAIT ((wd_paged_list_refresh (fixture->list),
               wd_paged_list_get_error (fixture->list) == NULL
               && wd_paged_list_get_n_loaded (fixture->list) == 11));
  assert_job (fixture, 0, "job-11");
}

#define ADD(path, func) \
  g_test_add (path, ListCase, NULL, list_case_set_up, func, list_case_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/paged-list/empty", test_empty);
  ADD ("/session/paged-list/everything-once", test_everything_once);
  ADD ("/session/paged-list/sorted", test_sorted);
  ADD ("/session/paged-list/refresh-in-place", test_refresh_in_place);
  ADD ("/session/paged-list/fewer", test_fewer);
  ADD ("/session/paged-list/gone", test_gone);
  ADD ("/session/paged-list/new-at-the-top", test_new_at_the_top);
  ADD ("/session/paged-list/moving-bound", test_moving_bound);
  ADD ("/session/paged-list/superseded", test_superseded);
  ADD ("/session/paged-list/server-hangs", test_server_hangs);
  return g_test_run ();
}
