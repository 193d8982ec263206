/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-retry-rule.h"

static const struct {
  const char *name;
  const char *state;
  gboolean automatic;
  gboolean has_data;
  WdRetryVerdict expected;
} cases[] = {
  { "failed", "failed", FALSE, TRUE, WD_RETRY_GOES },
  { "failed, with an id of BullMQ's", "failed", TRUE, TRUE, WD_RETRY_GOES },
  { "failed, without data", "failed", TRUE, FALSE, WD_RETRY_GOES },
  { "gone", NULL, FALSE, TRUE, WD_RETRY_GOES },
  { "gone, with an id of BullMQ's", NULL, TRUE, TRUE, WD_RETRY_AUTOMATIC },
  { "gone, with neither", NULL, TRUE, FALSE, WD_RETRY_AUTOMATIC },
  { "gone, without data", NULL, FALSE, FALSE, WD_RETRY_NO_DATA },
  { "completed", "completed", FALSE, TRUE, WD_RETRY_COMPLETED },
  { "completed, without data", "completed", TRUE, FALSE, WD_RETRY_COMPLETED },
  { "in no list", "unknown", FALSE, TRUE, WD_RETRY_NOWHERE },
  { "active", "active", FALSE, TRUE, WD_RETRY_BY_ITSELF },
  { "waiting", "waiting", TRUE, FALSE, WD_RETRY_BY_ITSELF },
  { "delayed", "delayed", FALSE, TRUE, WD_RETRY_BY_ITSELF },
  { "prioritized", "prioritized", FALSE, TRUE, WD_RETRY_BY_ITSELF },
  { "waiting for children", "waiting-children", FALSE, TRUE, WD_RETRY_BY_ITSELF },
};

static void
test_rule (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  g_assert_cmpint (wd_retry_judge (cases[i].state, cases[i].automatic, cases[i].has_data), ==,
                   cases[i].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/retry-rule/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_rule);
    }
  return g_test_run ();
}
