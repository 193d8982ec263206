/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Thousands of steps, drawn with a fixed seed: jumps, filters, orders, rows that come, change and
 * go, refreshes, in any sequence and while answers are on their way. At every moment no record is
 * shown twice, what is shown fulfils the filter as it was read, and stands in order; after a
 * refresh the rows in sight are those that one query gives. */

#include "list-case.h"

#define N_STEPS    3000
#define N_ROWS     2500
#define N_VISIBLE  30

typedef struct {
  ListCase base;
  GRand *rand;
  guint n_items;          /* as told by items-changed */
  WdJobFilter *filter;    /* of the rows that are shown */
  WdSort sort;
  gboolean ascending;
  guint n_inserted;
  guint n_compared;
  guint n_walked;
} Random;

static const struct {
  WdSort sort;
  const char *keys[3];
} orders[] = {
  { WD_SORT_CREATED, { "created_at", "id" } },
  { WD_SORT_STATUS, { "status", "created_at", "id" } },
  { WD_SORT_RETRIES, { "retry_count", "created_at", "id" } },
  { WD_SORT_UPDATED, { "updated_at", "id" } },
};

static int
draw (Random *self, int end)
{
  return g_rand_int_range (self->rand, 0, end);
}

static void
run (Random *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
run (Random *self, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  pg_test_run (self->base.connection, sql);
}

/* Rows that share their times with others, or have none; or, newer than all others. */
static void
insert (Random *self, guint n_rows, gboolean newer)
{
  run (self, "INSERT INTO job_logs (id, job_id, job_type, status, retry_count, created_at)"
       " SELECT md5('%u' || i)::uuid, 'job-' || i,"
       " (ARRAY['sync', 'gas-topup'])[1 + i %% 2],"
       " (ARRAY['failed', 'pending', 'completed', 'completed', 'completed'])[1 + i * 7 %% 5],"
       " nullif(i %% 6, 5),"
       " CASE WHEN %s THEN TIMESTAMPTZ '2026-06-01' + i * interval '1 second'"
       " WHEN i %% 37 > 0 THEN TIMESTAMPTZ '2026-01-01' + i * 31 %% 401 * interval '1 second' END"
       " FROM generate_series(%u, %u) AS i",
       g_rand_int (self->rand), newer ? "TRUE" : "FALSE", self->n_inserted + 1,
       self->n_inserted + n_rows);
  self->n_inserted += n_rows;
}

static gboolean
fits (const Random *self, const WdJob *job)
{
  const char *const *statuses = (const char *const *) self->filter->statuses;
  const char *const *types = (const char *const *) self->filter->types;

  return (statuses == NULL || g_strv_contains (statuses, job->status))
         && (types == NULL || g_strv_contains (types, job->job_type));
}

/* A null is the greatest. */
static int
compare_numbers (gint64 a, gint64 b, gint64 null)
{
  if (a == b)
    return 0;
  if (a == null || b == null)
    return a == null ? 1 : -1;
  return a < b ? -1 : 1;
}

static int
compare (const Random *self, const WdJob *a, const WdJob *b)
{
  int order = 0;

  if (self->sort == WD_SORT_STATUS)
    order = strcmp (a->status, b->status);
  else if (self->sort == WD_SORT_RETRIES)
    order = compare_numbers (a->retry_count, b->retry_count, WD_INT_NONE);
  else if (self->sort == WD_SORT_UPDATED)
    order = compare_numbers (a->updated_at, b->updated_at, WD_TIME_NONE);
  if (order == 0 && self->sort != WD_SORT_UPDATED)
    order = compare_numbers (a->created_at, b->created_at, WD_TIME_NONE);
  if (order == 0)
    order = strcmp (a->id, b->id);
  return self->ascending ? order : -order;
}

/* What holds whatever is on its way. */
static void
check (Random *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->base.list));
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  const WdJob *before = NULL;

  g_assert_cmpuint (n_items, ==, self->n_items);
  for (guint i = 0; i < n_items; i++)
    {
      WdRow *row = wd_paged_list_peek (self->base.list, i);
      const WdJob *job = row != NULL ? wd_row_get_record (row) : NULL;

      if (job == NULL)
        continue;
      g_assert_true (g_hash_table_add (ids, job->id));
      g_assert_true (fits (self, job));
      g_assert_true (before == NULL || compare (self, before, job) < 0);
      before = job;
    }
}

static void
items_changed_cb (Random *self, guint position, guint removed, guint added)
{
  g_assert_cmpuint (position + removed, <=, self->n_items);
  self->n_items += added - removed;
}

/* A view that looks at @first: it asks for what it shows. */
static void
look_at (Random *self, guint first)
{
  wd_paged_list_set_viewport (self->base.list, first, N_VISIBLE);
  for (guint i = first; i < MIN (first + N_VISIBLE, self->n_items); i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (self->base.list), i));
}

static gboolean
is_read (Random *self, guint first)
{
  g_assert_no_error (wd_paged_list_get_error (self->base.list));
  for (guint i = first; i < MIN (first + N_VISIBLE, self->n_items); i++)
    if (wd_paged_list_peek (self->base.list, i) == NULL)
      return FALSE;
  return TRUE;
}

static char **
ask_order (Random *self)
{
  g_autoptr (GString) sql = g_string_new ("SELECT coalesce(string_agg(id::text, ' ' ORDER BY ");
  g_autofree char *ids = NULL;
  guint o = 0;

  while (orders[o].sort != self->sort)
    o++;
  for (guint i = 0; i < 3 && orders[o].keys[i] != NULL; i++)
    g_string_append_printf (sql, "%s%s %s", i > 0 ? ", " : "", orders[o].keys[i],
                            self->ascending ? "ASC" : "DESC");
  g_string_append (sql, "), '') FROM job_logs WHERE TRUE");
  if (self->filter->statuses != NULL)
    {
      g_autofree char *words = g_strjoinv ("', '", self->filter->statuses);

      g_string_append_printf (sql, " AND status IN ('%s')", words);
    }
  if (self->filter->types != NULL)
    g_string_append_printf (sql, " AND job_type = '%s'", self->filter->types[0]);
  ids = pg_test_ask (self->base.connection, sql->str);
  return *ids != '\0' ? g_strsplit (ids, " ", -1) : g_new0 (char *, 1);
}

/* What is in sight is a stretch of what SQL gives. */
static void
compare_view (Random *self, guint first)
{
  g_auto (GStrv) expected = NULL;
  guint start = 0, end;

  look_at (self, first);
  LIST_CASE_WAIT (is_read (self, first));
  list_case_refresh (&self->base);
  LIST_CASE_WAIT (is_read (self, first));
  list_case_refresh (&self->base);
  expected = ask_order (self);
  end = MIN (first + N_VISIBLE, self->n_items);
  if (first >= end)
    return;
  self->n_compared++;
  while (expected[start] != NULL
         && g_strcmp0 (expected[start],
                       wd_row_get_id (wd_paged_list_peek (self->base.list, first))) != 0)
    start++;
  for (guint i = first; i < end; i++)
    g_assert_cmpstr (expected[start + i - first], ==,
                     wd_row_get_id (wd_paged_list_peek (self->base.list, i)));
}

/* The whole list, from its top, is what SQL gives. */
static void
walk (Random *self)
{
  g_auto (GStrv) expected = NULL;
  guint n_new, n_expected;
  gboolean or_more;

  /* What came in above comes in, in more than one step if there is much of it. */
  look_at (self, 0);
  list_case_refresh (&self->base);
  list_case_refresh (&self->base);
  for (guint first = 0; first == 0 || first < self->n_items; first += N_VISIBLE)
    {
      look_at (self, first);
      LIST_CASE_WAIT (is_read (self, first));
      if (first % 3 == 0)
        list_case_refresh (&self->base);
    }
  n_new = wd_paged_list_get_n_new (self->base.list, &or_more);
  g_assert_cmpuint (n_new, ==, 0);
  expected = ask_order (self);
  n_expected = g_strv_length (expected);
  self->n_walked++;
  check (self);
  g_assert_cmpuint (self->n_items, ==, n_expected);
  for (guint i = 0; i < n_expected; i++)
    {
      WdRow *row = wd_paged_list_peek (self->base.list, i);

      g_assert_nonnull (row);
      g_assert_cmpstr (wd_row_get_id (row), ==, expected[i]);
    }
}

static void
ask_anew (Random *self)
{
  static const char *const statuses[][3] = {
    { NULL }, { "failed" }, { "pending", "failed" }, { "cancelled" },
  };
  static const char *const types[][2] = { { NULL }, { "sync" } };
  guint s = (guint) draw (self, G_N_ELEMENTS (statuses));
  guint t = (guint) draw (self, G_N_ELEMENTS (types));
  WdJobFilter *filter = wd_job_filter_new ();

  if (statuses[s][0] != NULL)
    filter->statuses = g_strdupv ((char **) statuses[s]);
  if (types[t][0] != NULL)
    filter->types = g_strdupv ((char **) types[t]);
  g_clear_pointer (&self->filter, wd_job_filter_free);
  self->filter = filter;
  self->sort = orders[draw (self, G_N_ELEMENTS (orders))].sort;
  self->ascending = draw (self, 2) == 0;
  wd_paged_list_set_query (self->base.list, filter, self->sort, self->ascending);
  /* Sometimes a query is superseded before it is answered. */
  if (draw (self, 4) == 0)
    wd_paged_list_set_query (self->base.list, filter, self->sort, self->ascending);
  LIST_CASE_WAIT (!wd_paged_list_is_loading (self->base.list));
}

static void
write_something (Random *self)
{
  int some = 1 + draw (self, 30);

  switch (draw (self, 5))
    {
    case 0:
      insert (self, (guint) some, TRUE);
      break;
    case 1:
      insert (self, (guint) some, FALSE);
      break;
    case 2:
      run (self, "UPDATE job_logs SET status = (ARRAY['failed', 'pending', 'cancelled'])[%d]"
           " WHERE id IN (SELECT id FROM job_logs ORDER BY md5('%d' || id::text) LIMIT %d)",
           1 + draw (self, 3), draw (self, 1000), some);
      break;
    case 3:
      run (self, "UPDATE job_logs SET error_message = 'e%d'"
           " WHERE id IN (SELECT id FROM job_logs ORDER BY md5('%d' || id::text) LIMIT %d)",
           some, draw (self, 1000), some);
      break;
    default:
      run (self, "DELETE FROM job_logs"
           " WHERE id IN (SELECT id FROM job_logs ORDER BY md5('%d' || id::text) LIMIT %d)",
           draw (self, 1000), 2 * some);
      break;
    }
}

static void
step (Random *self)
{
  guint last = self->n_items - MIN (self->n_items, N_VISIBLE);

  switch (draw (self, 10))
    {
    case 0:
    case 1:
    case 2:
      look_at (self, (guint) draw (self, (int) last + 1));
      break;
    case 3:
      look_at (self, draw (self, 2) == 0 ? 0 : last);
      break;
    case 4:
      if (draw (self, 4) == 0)
        ask_anew (self);
      break;
    case 5:
    case 6:
      write_something (self);
      break;
    case 7:
      if (draw (self, 4) == 0)
        {
          look_at (self, 0);
          wd_paged_list_take_new (self->base.list);
          break;
        }
      wd_paged_list_refresh (self->base.list);
      break;
    case 8:
      compare_view (self, (guint) draw (self, (int) last + 1));
      break;
    default:
      for (int i = draw (self, 20); i > 0; i--)
        g_main_context_iteration (NULL, FALSE);
      break;
    }
}

static void
test_random (Random *self, gconstpointer data)
{
  self->rand = g_rand_new_with_seed (20260401);
  g_signal_connect_swapped (self->base.list, "items-changed", G_CALLBACK (items_changed_cb), self);
  insert (self, N_ROWS, FALSE);
  ask_anew (self);
  for (int i = 0; i < N_STEPS; i++)
    {
      step (self);
      check (self);
      if (i % 200 == 199)
        walk (self);
    }
  g_test_message ("%u stretches and %u whole lists compared, %u rows at the end",
                  self->n_compared, self->n_walked, self->n_items);
  g_assert_cmpuint (self->n_compared, >, N_STEPS / 20);
  g_assert_cmpuint (self->n_walked, ==, N_STEPS / 200);
  g_rand_free (self->rand);
  wd_job_filter_free (self->filter);
}

static void
set_up (Random *self, gconstpointer data)
{
  list_case_set_up (&self->base, data);
}

static void
tear_down (Random *self, gconstpointer data)
{
  list_case_tear_down (&self->base, data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/paged-list/random", Random, NULL, set_up, test_random, tear_down);
  return g_test_run ();
}
