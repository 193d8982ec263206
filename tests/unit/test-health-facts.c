/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For how long what was read of the queues is believed while nothing is heard. */

#include "direct/wd-health-facts.h"

#define MINUTE (60 * G_USEC_PER_SEC)

static void
test_hold (void)
{
  static const struct {
    const char *other;     /* a queue beside that of the syncs */
    gint64 workers, active, delayed;
    gboolean has_signs;
    gint64 minutes;        /* 0: not kept at all */
  } cases[] = {
    { "gas-topup", 1, 0, 0, FALSE, 15 },
    { "gas-topup", 1, 0, 7, TRUE, 15 },
    { "gas-topup", 0, 0, 0, FALSE, 15 },
    { "gas-topup", 1, 1, 0, TRUE, 0 },
    { "gas-topup", -1, 0, 0, TRUE, 0 },
    { "gas-topup", 0, 0, 7, FALSE, 0 },
    { "strangers", 1, 0, 0, FALSE, 1 },
    { "strangers", 1, 1, 0, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdProfile) profile = wd_profile_create ("it");
      g_autoptr (GPtrArray) counts =
        g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_counts_unref);
      g_autoptr (GPtrArray) activity = g_ptr_array_new ();
      WdQueueNews *news = wd_queue_news_new ();
      WdHealthFacts facts = { 0 };
      gint64 now = g_get_monotonic_time ();

      g_test_message ("case %u", i);
      for (guint j = 0; j < 2; j++)
        {
          WdQueueCounts *queue = wd_queue_counts_new ();

          queue->queue = g_strdup (j == 0 ? "sync-balances" : cases[i].other);
          queue->workers = j == 0 ? 1 : cases[i].workers;
          queue->active = j == 0 ? 0 : cases[i].active;
          queue->delayed = j == 0 ? 0 : cases[i].delayed;
          queue->has_signs = j == 0 || cases[i].has_signs;
          g_ptr_array_add (counts, queue);
          g_ptr_array_add (activity, NULL);
        }
      wd_queue_news_set_live (news, TRUE);
      wd_health_facts_keep (&facts, counts, activity, profile, wd_queue_news_get_serial (news));
      g_assert_cmpint (wd_health_facts_hold (&facts, news), ==, cases[i].minutes > 0);
      if (cases[i].minutes > 0)
        {
          g_assert_cmpint (facts.hold_until - now, >=, cases[i].minutes * MINUTE);
          g_assert_cmpint (facts.hold_until - now, <, (cases[i].minutes + 1) * MINUTE);
          facts.hold_until = now;
          g_assert_false (wd_health_facts_hold (&facts, news));
        }
      wd_health_facts_clear (&facts);
      wd_queue_news_unref (news);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/health-facts/hold", test_hold);
  return g_test_run ();
}
