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

/* The first page, and a gap behind it if there is a @cursor. */
static void
begin (Fixture *fixture, const char *ids, const char *cursor)
{
  g_autoptr (GPtrArray) jobs = make_jobs (ids, "pending");

  wd_row_store_begin (fixture->store, jobs, cursor);
}

static void
read_at (Fixture *fixture, guint index, const char *ids, const char *cursor)
{
  g_autoptr (GPtrArray) jobs = make_jobs (ids, "pending");

  wd_row_store_read (fixture->store, index, jobs, cursor, FALSE);
}

/* A page at the front of the gap, which ends there without a @cursor. */
static void
read_front (Fixture *fixture, const char *ids, const char *cursor)
{
  guint index = wd_row_store_carve (fixture->store, (guint) strlen (ids), cursor);

  read_at (fixture, index, ids, NULL);
}

static void
read_end (Fixture *fixture, const char *ids, const char *cursor)
{
  guint index = wd_row_store_carve_end (fixture->store, (guint) strlen (ids), cursor);

  read_at (fixture, index, ids, NULL);
}

static guint
merge (Fixture *fixture, guint index, const char *ids, const char *cursor, gboolean leave_new)
{
  g_autoptr (GPtrArray) jobs = make_jobs (ids, "active");

  return wd_row_store_read (fixture->store, index, jobs, cursor, leave_new);
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
test_from_the_top (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "abc", NULL);
  assert_rows (fixture, "abc");
  begin (fixture, "abc", "c");
  wd_row_store_set_gap (fixture->store, 5);
  assert_rows (fixture, "abc.....");
  read_front (fixture, "def", "f");
  assert_rows (fixture, "abcdef..");
  /* Fewer than thought, and one that was seen further up before. */
  read_front (fixture, "ag", NULL);
  assert_rows (fixture, "bcdefag");
}

static void
test_from_the_end (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "abc", "c");
  wd_row_store_set_gap (fixture->store, 6);
  read_end (fixture, "ghi", "f");
  assert_rows (fixture, "abc...ghi");
  /* More than thought. */
  read_end (fixture, "xdef", NULL);
  assert_rows (fixture, "abcxdefghi");
}

static void
test_divide (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();

  g_ptr_array_add (marks, (char *) "e");
  g_ptr_array_add (marks, (char *) "g");
  begin (fixture, "abc", "c");
  wd_row_store_set_gap (fixture->store, 6);
  wd_row_store_divide (fixture->store, marks, NULL, 2, 4, FALSE);
  assert_rows (fixture, "abc......");
  read_at (fixture, 2, "fg", NULL);
  assert_rows (fixture, "abc..fg..");
  g_ptr_array_set_size (marks, 0);
  wd_row_store_divide (fixture->store, marks, NULL, 2, 1, TRUE);
  assert_rows (fixture, "abc..fg.");
  read_at (fixture, 3, "h", NULL);
  /* One was deleted meanwhile. */
  read_at (fixture, 1, "d", NULL);
  assert_rows (fixture, "abcdfgh");
}

static void
test_placeholders_are_filled_in_place (Fixture *fixture, gconstpointer data)
{
  WdRow *row, *far;

  begin (fixture, "a", "a");
  wd_row_store_set_gap (fixture->store, 3);
  row = fixture->seen->pdata[1];
  far = fixture->seen->pdata[3];
  read_front (fixture, "b", "b");
  assert_rows (fixture, "ab..");
  g_assert_true (fixture->seen->pdata[1] == row);
  wd_row_store_set_gap (fixture->store, 2);
  merge (fixture, 0, "xya", NULL, FALSE);
  read_end (fixture, "z", "c");
  assert_rows (fixture, "xyab.z");
  g_assert_true (fixture->seen->pdata[5] == far);
}

static void
test_begin_again_reuses_rows (Fixture *fixture, gconstpointer data)
{
  WdRow *row;

  begin (fixture, "abcd", NULL);
  row = fixture->seen->pdata[3];
  begin (fixture, "xy", "y");
  assert_rows (fixture, "xy..");
  g_assert_true (fixture->seen->pdata[3] == row);
  begin (fixture, "x", NULL);
  assert_rows (fixture, "x");
}

static void
test_evict (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "abc", "c");
  wd_row_store_set_gap (fixture->store, 3);
  read_front (fixture, "def", NULL);
  wd_row_store_evict (fixture->store, 0, 0, 3);
  wd_row_store_tell (fixture->store, 100);
  /* Whoever listens holds them. */
  assert_rows (fixture, "abcdef");
  g_ptr_array_remove_range (fixture->seen, 3, 3);
  wd_row_store_evict (fixture->store, 0, 0, 3);
  g_assert_cmpuint (wd_row_store_get_n_loaded (fixture->store), ==, 3);
  g_assert_cmpuint (wd_row_store_get_n_items (fixture->store), ==, 6);
  g_assert_null (wd_row_store_peek (fixture->store, 4));
}

typedef struct {
  const char *name;
  const char *answer;
  const char *cursor;
  gboolean leave_new;
  const char *after;
  guint n_new;
} MergeCase;

static const MergeCase merge_cases[] = {
  { "same", "abc", NULL, FALSE, "abcdef", 0 },
  { "new-at-the-top", "xyabc", NULL, FALSE, "xyabcdef", 0 },
  { "new-only-counted", "xyabc", NULL, TRUE, "abcdef", 2 },
  { "new-in-the-middle", "axbyc", NULL, TRUE, "axbycdef", 0 },
  { "gone", "ac", NULL, FALSE, "acdef", 0 },
  { "gone-while-reading-below", "ac", NULL, TRUE, "acdef", 0 },
  { "moved-up", "cab", NULL, FALSE, "cabdef", 0 },
  { "moved-up-from-another-page", "eabc", NULL, FALSE, "eabcdf", 0 },
  { "page-ends-before-the-block", "xya", "a", FALSE, "xyabcdef", 0 },
  { "page-ends-where-the-rows-do", "xabc", "c", FALSE, "xabc.def", 0 },
  { "nothing-known", "xyz", "z", FALSE, "xyzabcdef", 0 },
  { "nothing-left", "", NULL, FALSE, "def", 0 },
  { "all-new", "xyz", NULL, TRUE, "def", 3 },
};

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  const MergeCase *test = data;
  guint n_new;

  begin (fixture, "abc", "c");
  read_front (fixture, "def", NULL);
  n_new = merge (fixture, 0, test->answer, test->cursor, test->leave_new);
  assert_rows (fixture, test->after);
  g_assert_cmpuint (n_new, ==, test->n_new);
}

static void
test_merge_updates_in_place (Fixture *fixture, gconstpointer data)
{
  WdRow *row;

  begin (fixture, "abc", NULL);
  row = fixture->seen->pdata[1];
  merge (fixture, 0, "xabc", NULL, FALSE);
  g_assert_true (fixture->seen->pdata[2] == row);
  g_assert_cmpstr (((const WdJob *) wd_row_get_record (row))->status, ==, "active");
}

/* Some letters, each once. */
static void
make_ids (char *ids, int n_most)
{
  gboolean used[26] = { FALSE };
  guint n_ids = (guint) g_test_rand_int_range (0, n_most + 1);

  ids[0] = '\0';
  for (guint i = 0; i < n_ids; i++)
    {
      guint letter = (guint) g_test_rand_int_range (0, 26);
      gsize length = strlen (ids);

      if (used[letter])
        continue;
      used[letter] = TRUE;
      ids[length] = (char) ('a' + letter);
      ids[length + 1] = '\0';
    }
}

/* Whatever the answers are, no record is shown twice and listeners keep up. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  guint gap;

  for (int round = 0; round < 5000; round++)
    {
      char ids[10];
      guint seen[26] = { 0 };
      gboolean has_gap = wd_row_store_find_gap (fixture->store, &gap);
      const char *cursor = g_test_rand_bit () ? "cursor" : NULL;
      guint index = (guint) g_test_rand_int_range (
        0, (int) wd_row_store_get_n_stretches (fixture->store));

      make_ids (ids, 8);
      /* An empty page has no last row, after which others could come. */
      if (*ids == '\0')
        cursor = NULL;
      if (round % 50 == 0)
        begin (fixture, ids, cursor);
      else if (has_gap && index == gap)
        {
          if (g_test_rand_bit ())
            read_front (fixture, ids, cursor);
          else
            read_end (fixture, ids, cursor);
        }
      else
        merge (fixture, index, ids, cursor, index == 0 && g_test_rand_bit ());
      wd_row_store_set_gap (fixture->store, (guint) g_test_rand_int_range (0, 4));
      wd_row_store_tell (fixture->store, 5);

      g_assert_cmpuint (wd_row_store_get_n_items (fixture->store), ==, fixture->seen->len);
      for (guint i = 0; i < fixture->seen->len; i++)
        {
          const char *id = wd_row_get_id (fixture->seen->pdata[i]);

          if (id != NULL)
            g_assert_cmpuint (++seen[id[0] - 'a'], ==, 1);
        }
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/row-store/from-the-top", test_from_the_top);
  ADD ("/session/row-store/from-the-end", test_from_the_end);
  ADD ("/session/row-store/divide", test_divide);
  ADD ("/session/row-store/placeholders", test_placeholders_are_filled_in_place);
  ADD ("/session/row-store/begin-again", test_begin_again_reuses_rows);
  for (gsize i = 0; i < G_N_ELEMENTS (merge_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/row-store/merge/%s", merge_cases[i].name);

      g_test_add (path, Fixture, &merge_cases[i], set_up, test_merge, tear_down);
    }
  ADD ("/session/row-store/merge-in-place", test_merge_updates_in_place);
  ADD ("/session/row-store/evict", test_evict);
  ADD ("/session/row-store/random", test_random);
  return g_test_run ();
}
