/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast a count grows of late. */

#include "session/wd-pace.h"

static void
test_rate (void)
{
  static const struct {
    gint64 seconds[4];     /* until one that is 0, but for the first */
    gint64 counts[4];
    double rate;
  } cases[] = {
    { { 0 }, { 7 }, 0 },
    { { 0, 2 }, { 0, 1000 }, 500 },
    { { 0, 1, 2 }, { 500, 500, 900 }, 200 },
    /* What is older than ten seconds counts for nothing. */
    { { 0, 100, 105, 109 }, { 0, 1000, 1000, 1090 }, 10 },
    /* But the two last ones always do. */
    { { 0, 100 }, { 0, 1000 }, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WdPace *pace = wd_pace_new ();

      g_assert_cmpfloat (wd_pace_get_rate (pace), ==, 0);
      for (guint k = 0; k < 4 && (k == 0 || cases[i].seconds[k] > 0); k++)
        wd_pace_add (pace, cases[i].seconds[k] * G_USEC_PER_SEC, cases[i].counts[k]);
      g_assert_cmpfloat (wd_pace_get_rate (pace), ==, cases[i].rate);
      wd_pace_reset (pace);
      g_assert_cmpfloat (wd_pace_get_rate (pace), ==, 0);
      wd_pace_free (pace);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pace/rate", test_rate);
  return g_test_run ();
}
