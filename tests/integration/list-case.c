/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "list-case.h"

#define WAIT_MS 30000

static gboolean
timeout_cb (gpointer data)
{
  g_error ("Nothing came in time");
  return G_SOURCE_REMOVE;
}

guint
list_case_add_timeout (void)
{
  return g_timeout_add (WAIT_MS, timeout_cb, NULL);
}

/* Jobs from @first to @last; a later one was created later, one a second. */
void
list_case_insert_jobs (ListCase *self, int first, int last)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO job_logs (job_id, job_type, status, created_at) "
    "SELECT 'job-' || i, 'sync', 'pending', TIMESTAMPTZ '2026-01-01' + i * INTERVAL '1 second' "
    "FROM generate_series (%d, %d) AS i",
    first, last);

  pg_test_run (self->connection, sql);
}

void
list_case_set_up (ListCase *self, gconstpointer data)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("test");

  self->connection = pg_test_connect ();
  pg_test_run (self->connection, "TRUNCATE job_logs");
  profile->database_url = g_strdup (g_getenv ("DATABASE_URL"));
  self->backend = wd_direct_backend_new (profile);
  self->list = wd_paged_list_new (wd_list_kind_jobs (), self->backend);
}

void
list_case_tear_down (ListCase *self, gconstpointer data)
{
  g_object_unref (self->list);
  g_object_unref (self->backend);
  wd_pg_connection_free (self->connection);
}

/* Reads again what is in sight, and whatever turns out to be missing then. */
void
list_case_refresh (ListCase *self)
{
  WdTime read_at = wd_paged_list_get_read_at (self->list);

  LIST_CASE_WAIT (!wd_paged_list_is_busy (self->list));
  wd_paged_list_refresh (self->list);
  LIST_CASE_WAIT (!wd_paged_list_is_busy (self->list)
                  && wd_paged_list_get_read_at (self->list) > read_at);
}

void
list_case_query (ListCase *self, const char *search, WdSort sort, gboolean ascending)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  filter->search = g_strdup (search);
  wd_paged_list_set_query (self->list, filter, sort, ascending);
  LIST_CASE_WAIT (!wd_paged_list_is_loading (self->list));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
