/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The list a table stands on, against a real server. */

#include "pg-test.h"

#include "direct/wd-direct-backend.h"
#include "session/wd-paged-list.h"

#define WAIT_MS 30000

typedef struct {
  WdPgConnection *connection;
  WdBackend *backend;
  WdPagedList *list;
} Fixture;

/* Jobs from @first to @last; a later one was created later, one a second. */
static void
insert_jobs (Fixture *fixture, int first, int last)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO job_logs (job_id, job_type, status, created_at) "
    "SELECT 'job-' || i, 'sync', 'pending', TIMESTAMPTZ '2026-01-01' + i * INTERVAL '1 second' "
    "FROM generate_series (%d, %d) AS i",
    first, last);

  pg_test_run (fixture->connection, sql);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("test");

  fixture->connection = pg_test_connect ();
  pg_test_run (fixture->connection, "TRUNCATE job_logs");
  profile->database_url = g_strdup (g_getenv ("DATABASE_URL"));
  fixture->backend = wd_direct_backend_new (profile);
  fixture->list = wd_paged_list_new (wd_list_kind_jobs (), fixture->backend);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->list);
  g_object_unref (fixture->backend);
  wd_pg_connection_free (fixture->connection);
}

static gboolean
timeout_cb (gpointer data)
{
  g_error ("Nothing came in time");
  return G_SOURCE_REMOVE;
}

#define WAIT_UNTIL(condition)                                             \
  G_STMT_START {                                                          \
    guint timeout = g_timeout_add (WAIT_MS, timeout_cb, NULL);            \
    while (!(condition))                                                  \
      g_main_context_iteration (NULL, TRUE);                              \
    g_source_remove (timeout);                                            \
  } G_STMT_END

static void
count_cb (guint *count)
{
  ++*count;
}

/* Until the list has said something, then until nothing is left to do at once. */
static void
wait_for_change (Fixture *fixture)
{
  guint count = 0;
  gulong handler = g_signal_connect_swapped (fixture->list, "state-changed", G_CALLBACK (count_cb),
                                             &count);

  WAIT_UNTIL (count > 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_handler_disconnect (fixture->list, handler);
}

static void
query (Fixture *fixture, const char *search, WdSort sort, gboolean ascending)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  filter->search = g_strdup (search);
  wd_paged_list_set_query (fixture->list, filter, sort, ascending);
  WAIT_UNTIL (!wd_paged_list_is_loading (fixture->list));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* (transfer full) */
static WdRow *
get_row (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->list), position);
}

static void
assert_job (Fixture *fixture, guint position, const char *job_id)
{
  g_autoptr (WdRow) row = get_row (fixture, position);

  g_assert_nonnull (row);
  g_assert_nonnull (wd_row_get_record (row));
  g_assert_cmpstr (((const WdJob *) wd_row_get_record (row))->job_id, ==, job_id);
}

/* Asks for the last row, as a view does that is scrolled down, until there is no more. */
static void
scroll_through (Fixture *fixture)
{
  while (!wd_paged_list_is_complete (fixture->list))
    {
      guint n_loaded = wd_paged_list_get_n_loaded (fixture->list);
      g_autoptr (WdRow) row = get_row (fixture, n_loaded - 1);

      wd_paged_list_set_viewport (fixture->list, n_loaded - 20, 20);
      WAIT_UNTIL (wd_paged_list_get_n_loaded (fixture->list) > n_loaded
                  || wd_paged_list_is_complete (fixture->list));
    }
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  gboolean is_exact;

  query (fixture, NULL, WD_SORT_CREATED, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  g_assert_cmpint (wd_paged_list_get_total (fixture->list, &is_exact), ==, 0);
  g_assert_true (wd_paged_list_is_complete (fixture->list));
  insert_jobs (fixture, 1, 3);
  wd_paged_list_refresh (fixture->list);
  WAIT_UNTIL (wd_paged_list_get_n_loaded (fixture->list) == 3);
  assert_job (fixture, 0, "job-3");
}

static void
test_everything_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_exact;

  insert_jobs (fixture, 1, 3333);
  query (fixture, NULL, WD_SORT_CREATED, FALSE);
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
test_sorted (Fixture *fixture, gconstpointer data)
{
  insert_jobs (fixture, 1, 300);
  query (fixture, NULL, WD_SORT_CREATED, FALSE);
  assert_job (fixture, 0, "job-300");
  query (fixture, NULL, WD_SORT_CREATED, TRUE);
  assert_job (fixture, 0, "job-1");
  scroll_through (fixture);
  assert_job (fixture, 299, "job-300");
}

static void
test_refresh_in_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdRow) row = NULL;
  g_autoptr (WdRow) same = NULL;

  insert_jobs (fixture, 1, 10);
  query (fixture, NULL, WD_SORT_CREATED, FALSE);
  row = get_row (fixture, 4);
  pg_test_run (fixture->connection, "UPDATE job_logs SET status = 'active' WHERE job_id = 'job-6'");
  wd_paged_list_refresh (fixture->list);
  wait_for_change (fixture);
  same = get_row (fixture, 4);
  g_assert_true (row == same);
  g_assert_cmpstr (((const WdJob *) wd_row_get_record (row))->status, ==, "active");
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  insert_jobs (fixture, 1, 10);
  query (fixture, NULL, WD_SORT_CREATED, FALSE);
  pg_test_run (fixture->connection, "DELETE FROM job_logs WHERE job_id = 'job-9'");
  wd_paged_list_refresh (fixture->list);
  wait_for_change (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 9);
  assert_job (fixture, 1, "job-8");
}

static void
test_new_at_the_top (Fixture *fixture, gconstpointer data)
{
  gboolean or_more;

  insert_jobs (fixture, 1, 500);
  query (fixture, NULL, WD_SORT_CREATED, FALSE);
  insert_jobs (fixture, 501, 505);
  wd_paged_list_refresh (fixture->list);
  wait_for_change (fixture);
  assert_job (fixture, 0, "job-505");
  assert_job (fixture, 5, "job-500");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 0);

  /* Who reads further down is only told, also when there are more than fit a page. */
  wd_paged_list_set_viewport (fixture->list, 10, 20);
  insert_jobs (fixture, 506, 507);
  wd_paged_list_refresh (fixture->list);
  wait_for_change (fixture);
  assert_job (fixture, 0, "job-505");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 2);
  g_assert_false (or_more);
  insert_jobs (fixture, 508, 1200);
  wd_paged_list_refresh (fixture->list);
  wait_for_change (fixture);
  assert_job (fixture, 0, "job-505");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), >, 2);
  g_assert_true (or_more);

  /* Back at the top they come in. */
  wd_paged_list_set_viewport (fixture->list, 0, 20);
  wd_paged_list_refresh (fixture->list);
  wait_for_change (fixture);
  assert_job (fixture, 0, "job-1200");
  g_assert_cmpuint (wd_paged_list_get_n_new (fixture->list, &or_more), ==, 0);
  scroll_through (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1200);
}

static void
test_superseded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  insert_jobs (fixture, 1, 300);
  wd_paged_list_set_query (fixture->list, filter, WD_SORT_CREATED, FALSE);
  filter->search = g_strdup ("job-27");
  wd_paged_list_set_query (fixture->list, filter, WD_SORT_CREATED, FALSE);
  query (fixture, "job-299", WD_SORT_CREATED, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  assert_job (fixture, 0, "job-299");
}

static void
test_server_hangs (Fixture *fixture, gconstpointer data)
{
  insert_jobs (fixture, 1, 10);
  query (fixture, NULL, WD_SORT_CREATED, FALSE);
  pg_test_stop_server ();
  wd_paged_list_refresh (fixture->list);
  WAIT_UNTIL (wd_paged_list_get_error (fixture->list) != NULL);
  g_assert_cmpuint (wd_paged_list_get_n_loaded (fixture->list), ==, 10);
  assert_job (fixture, 0, "job-10");
  pg_test_continue_server ();
  insert_jobs (fixture, 11, 11);
  WAIT_UNTIL ((wd_paged_list_refresh (fixture->list),
               wd_paged_list_get_error (fixture->list) == NULL
               && wd_paged_list_get_n_loaded (fixture->list) == 11));
  assert_job (fixture, 0, "job-11");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/paged-list/empty", test_empty);
  ADD ("/session/paged-list/everything-once", test_everything_once);
  ADD ("/session/paged-list/sorted", test_sorted);
  ADD ("/session/paged-list/refresh-in-place", test_refresh_in_place);
  ADD ("/session/paged-list/gone", test_gone);
  ADD ("/session/paged-list/new-at-the-top", test_new_at_the_top);
  ADD ("/session/paged-list/superseded", test_superseded);
  ADD ("/session/paged-list/server-hangs", test_server_hangs);
  return g_test_run ();
}
