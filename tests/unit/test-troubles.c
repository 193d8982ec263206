/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with a connection: what counts, since when, until when, and what is worst. */

#include <gio/gio.h>

#include "base/wd-error.h"
#include "session/wd-troubles.h"

static void
test_what_counts (void)
{
  static const struct {
    int code;
    gboolean counts;
  } cases[] = {
    { WD_ERROR_NO_CONNECTION, TRUE },
    { WD_ERROR_NOT_MIGRATED, TRUE },
    { WD_ERROR_PERMISSION, TRUE },
    { WD_ERROR_INVALID_ARGUMENT, FALSE },
    { WD_ERROR_NOT_SUPPORTED, FALSE },
    { WD_ERROR_NOT_FOUND, FALSE },
    { WD_ERROR_REFUSED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdTroubles) troubles = wd_troubles_new ();
      g_autoptr (GError) error = g_error_new_literal (WD_ERROR, cases[i].code, "it");

      g_assert_cmpint (wd_troubles_report (troubles, WD_FEED_JOBS, error), ==, cases[i].counts);
      g_assert_cmpint (wd_troubles_has (troubles, WD_FEED_JOBS), ==, cases[i].counts);
      g_assert_false (wd_troubles_has (troubles, WD_FEED_STATS));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (WdTroubles) troubles = wd_troubles_new ();
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "it");

  g_assert_false (wd_troubles_report (troubles, WD_FEED_JOBS, error));
  g_assert_false (wd_troubles_report (troubles, WD_FEED_JOBS, NULL));
}

static void
test_begins_and_ends (void)
{
  g_autoptr (WdTroubles) troubles = wd_troubles_new ();
  g_autoptr (GError) first = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION, "first");
  g_autoptr (GError) second = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION, "second");
  WdTime before = wd_time_now ();
  WdTime since, still;
  WdFeed feed;

  g_assert_null (wd_troubles_get_worst (troubles, &feed, &since));
  wd_troubles_report (troubles, WD_FEED_WALLETS, first);
  g_assert_cmpstr (wd_troubles_get_worst (troubles, &feed, &since)->message, ==, "first");
  g_assert_cmpint (feed, ==, WD_FEED_WALLETS);
  g_assert_cmpint (since, >=, before);
  /* Another error is the same trouble, and began when it did. */
  g_usleep (2000);
  g_assert_true (wd_troubles_report (troubles, WD_FEED_WALLETS, second));
  g_assert_cmpstr (wd_troubles_get_worst (troubles, &feed, &still)->message, ==, "second");
  g_assert_cmpint (still, ==, since);
  g_assert_true (wd_troubles_report (troubles, WD_FEED_WALLETS, NULL));
  g_assert_null (wd_troubles_get_worst (troubles, &feed, &since));
}

static void
test_worst (void)
{
  g_autoptr (WdTroubles) troubles = wd_troubles_new ();
  g_autoptr (GError) error = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION, "it");
  WdTime since;
  WdFeed feed;

  wd_troubles_report (troubles, WD_FEED_QUEUES, error);
  wd_troubles_report (troubles, WD_FEED_STATS, error);
  g_assert_nonnull (wd_troubles_get_worst (troubles, &feed, &since));
  g_assert_cmpint (feed, ==, WD_FEED_STATS);
  wd_troubles_report (troubles, WD_FEED_STATS, NULL);
  g_assert_nonnull (wd_troubles_get_worst (troubles, &feed, &since));
  g_assert_cmpint (feed, ==, WD_FEED_QUEUES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/troubles/what-counts", test_what_counts);
  g_test_add_func ("/troubles/cancelled", test_cancelled);
  g_test_add_func ("/troubles/begins-and-ends", test_begins_and_ends);
  g_test_add_func ("/troubles/worst", test_worst);
  return g_test_run ();
}
