/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-list-merge.h"

#define MAX_RECORDS 8

typedef struct {
  const char *name;
  guint n_records;
  int positions[MAX_RECORDS];
  gboolean kept[MAX_RECORDS];
} Case;

static const Case cases[] = {
  { "nothing", 0, { 0 }, { 0 } },
  { "same", 3, { 0, 1, 2 }, { 1, 1, 1 } },
  { "all-new", 2, { -1, -1 }, { 0, 0 } },
  { "new-above", 4, { -1, -1, 0, 1 }, { 0, 0, 1, 1 } },
  { "gone-between", 3, { 0, 4, 9 }, { 1, 1, 1 } },
  { "moved-to-the-top", 4, { 7, 0, 1, 2 }, { 0, 1, 1, 1 } },
  { "moved-down", 4, { 1, 2, 3, 0 }, { 1, 1, 1, 0 } },
  { "swapped", 4, { 0, 2, 1, 3 }, { 1, 0, 1, 1 } },
  { "backwards", 3, { 2, 1, 0 }, { 0, 0, 1 } },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  gboolean kept[MAX_RECORDS] = { 0 };

  wd_list_merge_keep (test->positions, test->n_records, kept);
  for (guint i = 0; i < test->n_records; i++)
    g_assert_cmpint (kept[i], ==, test->kept[i]);
}

/* What is kept is in order, and nothing new is. */
static void
test_random (void)
{
  for (int round = 0; round < 1000; round++)
    {
      int positions[100];
      gboolean kept[100];
      int last = -1;

      for (guint i = 0; i < 100; i++)
        positions[i] = i % 7 == 0 ? -1 : g_test_rand_int_range (0, 1000000);
      wd_list_merge_keep (positions, 100, kept);
      for (guint i = 0; i < 100; i++)
        if (kept[i])
          {
            g_assert_cmpint (positions[i], >, last);
            last = positions[i];
          }
      g_assert_cmpint (last, >=, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/list-merge/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/session/list-merge/random", test_random);
  return g_test_run ();
}
