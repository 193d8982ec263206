/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-row-store.h"

#include <string.h>

/* The rows as somebody sees them who only listens to "items-changed". */
typedef struct {
  GListModel *owner;
  WdRowStore *store;
  GPtrArray *seen;   /* (element-type WdRow) */
} Fixture;

static void
items_changed_cb (Fixture *fixture, guint position, guint removed, guint added)
{
  g_assert_cmpuint (position + removed, <=, fixture->seen->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->seen, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->seen, (int) (position + i),
                        wd_row_store_get_item (fixture->store, position + i));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->owner = G_LIST_MODEL (g_list_store_new (WD_TYPE_ROW));
  fixture->store = wd_row_store_new (fixture->owner, wd_list_kind_jobs ());
  fixture->seen = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (fixture->owner, "items-changed", G_CALLBACK (items_changed_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->seen);
  wd_row_store_free (fixture->store);
  g_object_unref (fixture->owner);
}

/* One job for each letter of @ids; its status is @status. */
static GPtrArray *
make_jobs (const char *ids, const char *status)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);

  for (const char *p = ids; *p != '\0'; p++)
    {
      WdJob *job = wd_job_new ();

      job->id = g_strdup_printf ("%c", *p);
      job->status = g_strdup (status);
      g_ptr_array_add (jobs, job);
    }
  return jobs;
}

static void
begin (Fixture *fixture, const char *ids)
{
  g_autoptr (GPtrArray) jobs = make_jobs (ids, "pending");

  wd_row_store_begin (fixture->store, jobs, jobs->len);
}

static void
append_page (Fixture *fixture, const char *cursor, const char *ids)
{
  g_autoptr (GPtrArray) jobs = make_jobs (ids, "pending");

  wd_row_store_begin_page (fixture->store, cursor);
  wd_row_store_append (fixture->store, jobs, 0, jobs->len);
}

static WdMergeResult
merge (Fixture *fixture, guint page, const char *ids, gboolean is_last, gboolean insert)
{
  g_autoptr (GPtrArray) jobs = make_jobs (ids, "active");

  return wd_row_store_merge (fixture->store, page, jobs, is_last, insert);
}

/* A dot stands for a placeholder. */
static void
assert_rows (Fixture *fixture, const char *ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < fixture->seen->len; i++)
    {
      const char *id = wd_row_get_id (fixture->seen->pdata[i]);

      g_string_append (text, id != NULL ? id : ".");
    }
  g_assert_cmpstr (text->str, ==, ids);
  g_assert_cmpuint (wd_row_store_get_n_items (fixture->store), ==, fixture->seen->len);
  for (guint i = 0; i < fixture->seen->len; i++)
    {
      g_autoptr (WdRow) row = wd_row_store_get_item (fixture->store, i);

      g_assert_true (row == fixture->seen->pdata[i]);
    }
}

static void
test_append (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "abc");
  assert_rows (fixture, "abc");
  wd_row_store_set_placeholders (fixture->store, 2);
  assert_rows (fixture, "abc..");
  append_page (fixture, "c", "def");
  assert_rows (fixture, "abcdef");
  append_page (fixture, "f", "fag");
  assert_rows (fixture, "abcdefg");
  g_assert_cmpuint (wd_row_store_find_page (fixture->store, 2), ==, 0);
  g_assert_cmpuint (wd_row_store_find_page (fixture->store, 3), ==, 1);
  g_assert_cmpuint (wd_row_store_find_page (fixture->store, 6), ==, 2);
}

static void
test_placeholders_are_filled_in_place (Fixture *fixture, gconstpointer data)
{
  WdRow *row;

  begin (fixture, "a");
  wd_row_store_set_placeholders (fixture->store, 1);
  row = fixture->seen->pdata[1];
  append_page (fixture, "a", "b");
  assert_rows (fixture, "ab");
  g_assert_true (fixture->seen->pdata[1] == row);
}

static void
test_begin_again_reuses_rows (Fixture *fixture, gconstpointer data)
{
  WdRow *row;

  begin (fixture, "abcd");
  row = fixture->seen->pdata[3];
  begin (fixture, "xy");
  assert_rows (fixture, "xy..");
  g_assert_true (fixture->seen->pdata[3] == row);
  wd_row_store_set_placeholders (fixture->store, 0);
  assert_rows (fixture, "xy");
}

typedef struct {
  const char *name;
  const char *before;
  const char *answer;
  gboolean is_last;
  gboolean insert;
  const char *after;
  guint n_unknown;
  gboolean apart;
} MergeCase;

static const MergeCase merge_cases[] = {
  { "same", "abc", "abc", FALSE, TRUE, "abcdef", 0, FALSE },
  { "new-at-the-top", "abc", "xya", FALSE, TRUE, "xyabcdef", 0, FALSE },
  { "new-only-counted", "abc", "xya", FALSE, FALSE, "abcdef", 2, FALSE },
  { "gone", "abc", "ac", FALSE, TRUE, "acdef", 0, FALSE },
  { "gone-while-reading-below", "abc", "ac", FALSE, FALSE, "acdef", 0, FALSE },
  { "moved-up", "abc", "cab", FALSE, TRUE, "cabdef", 0, FALSE },
  { "moved-up-from-another-page", "abc", "eabc", FALSE, TRUE, "eabcdf", 0, FALSE },
  { "moved-stays-while-reading-below", "abc", "cab", FALSE, FALSE, "abcdef", 0, FALSE },
  { "reaches-into-the-next-page", "abc", "abcd", FALSE, TRUE, "abcdef", 0, FALSE },
  { "end-of-the-list", "abc", "ab", TRUE, TRUE, "ab", 0, FALSE },
  { "nothing-left", "abc", "", TRUE, TRUE, "", 0, FALSE },
  { "all-new", "abc", "xyz", FALSE, FALSE, "abcdef", 3, TRUE },
  { "all-new-and-last", "abc", "xyz", TRUE, TRUE, "xyz", 0, TRUE },
};

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  const MergeCase *test = data;
  WdMergeResult result;

  begin (fixture, test->before);
  append_page (fixture, "c", "def");
  result = merge (fixture, 0, test->answer, test->is_last, test->insert);
  assert_rows (fixture, test->after);
  g_assert_cmpuint (result.n_unknown, ==, test->n_unknown);
  g_assert_cmpint (result.apart, ==, test->apart);
}

static void
test_merge_updates_in_place (Fixture *fixture, gconstpointer data)
{
  WdRow *row;

  begin (fixture, "abc");
  row = fixture->seen->pdata[1];
  merge (fixture, 0, "xabc", FALSE, TRUE);
  g_assert_true (fixture->seen->pdata[2] == row);
  g_assert_cmpstr (((const WdJob *) wd_row_get_record (row))->status, ==, "active");
}

static void
test_merge_second_page (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "abc");
  append_page (fixture, "c", "def");
  append_page (fixture, "f", "ghi");
  merge (fixture, 1, "dfg", FALSE, TRUE);
  assert_rows (fixture, "abcdfghi");
  merge (fixture, 1, "dxf", FALSE, TRUE);
  assert_rows (fixture, "abcdxfghi");
}

/* Whatever the answers are, no record is shown twice and listeners keep up. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  for (int round = 0; round < 2000; round++)
    {
      char ids[9] = "";
      gboolean used[26] = { FALSE };
      guint n_ids = (guint) g_test_rand_int_range (0, 9);
      guint seen[26] = { 0 };
      int n_pages = (int) wd_row_store_get_n_pages (fixture->store);

      for (guint i = 0; i < n_ids; i++)
        {
          guint letter = (guint) g_test_rand_int_range (0, 26);

          if (!used[letter])
            ids[strlen (ids)] = (char) ('a' + letter);
          used[letter] = TRUE;
        }
      if (round % 50 == 0)
        begin (fixture, ids);
      else if (round % 7 == 0)
        append_page (fixture, "cursor", ids);
      else
        merge (fixture, (guint) g_test_rand_int_range (0, n_pages), ids, g_test_rand_bit (),
               g_test_rand_bit ());
      wd_row_store_set_placeholders (fixture->store, (guint) g_test_rand_int_range (0, 4));

      g_assert_cmpuint (wd_row_store_get_n_items (fixture->store), ==, fixture->seen->len);
      for (guint i = 0; i < wd_row_store_get_n_loaded (fixture->store); i++)
        g_assert_cmpuint (++seen[wd_row_get_id (fixture->seen->pdata[i])[0] - 'a'], ==, 1);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/row-store/append", test_append);
  ADD ("/session/row-store/placeholders", test_placeholders_are_filled_in_place);
  ADD ("/session/row-store/begin-again", test_begin_again_reuses_rows);
  for (gsize i = 0; i < G_N_ELEMENTS (merge_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/row-store/merge/%s", merge_cases[i].name);

      g_test_add (path, Fixture, &merge_cases[i], set_up, test_merge, tear_down);
    }
  ADD ("/session/row-store/merge-in-place", test_merge_updates_in_place);
  ADD ("/session/row-store/merge-second-page", test_merge_second_page);
  ADD ("/session/row-store/random", test_random);
  return g_test_run ();
}
