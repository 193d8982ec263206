/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of what waits: in queues, in rows, and where one source tells a part of it. */

#include "session/wd-alert-sources.h"

static void
test_queues (void)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("it");
  g_autoptr (GPtrArray) queues =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_counts_unref);
  g_autoptr (WdReading) reading = wd_reading_new ();
  WdQueueCounts *ours = wd_queue_counts_new ();
  WdQueueCounts *other = wd_queue_counts_new ();
  WdTime now = 1000 * (WdTime) G_USEC_PER_SEC;
  gint64 value;

  ours->queue = g_strdup ("sync-balances");
  ours->waiting = 4;
  ours->prioritized = 3;
  ours->delayed = 100;
  ours->oldest_waiting = now - 90 * (WdTime) G_USEC_PER_SEC;
  other->queue = g_strdup ("mail");
  other->oldest_waiting = WD_TIME_NONE;
  g_ptr_array_add (queues, ours);
  g_ptr_array_add (queues, other);
  wd_alert_read_queues (reading, profile, queues, now);
  wd_reading_look (reading, WD_ALERT_QUEUE_DEPTH, "sync", &value);
  g_assert_cmpint (value, ==, 7);
  wd_reading_look (reading, WD_ALERT_OLDEST_WAITING, "sync", &value);
  g_assert_cmpint (value, ==, 90);
  g_assert_cmpint (wd_reading_look (reading, WD_ALERT_OLDEST_WAITING, "mail", &value), ==,
                   WD_READING_KNOWN);
  g_assert_cmpint (value, ==, 0);
  /* Jobs of which nobody knows since when they wait do not wait for no time. */
  other->waiting = 3;
  wd_alert_read_queues (reading, profile, queues, now);
  g_assert_cmpint (wd_reading_look (reading, WD_ALERT_OLDEST_WAITING, "mail", &value), ==,
                   WD_READING_UNKNOWN);
}

static WdWorkerStats *
add_worker (WdStats *stats, const char *job_type, const char *queue, gint64 n_waiting)
{
  WdWorkerStats *worker = wd_worker_stats_new ();

  worker->job_type = g_strdup (job_type);
  worker->queue = g_strdup (queue);
  worker->queued = 7;
  worker->waiting = n_waiting;
  worker->oldest_waiting = wd_time_now () - 100 * (WdTime) G_USEC_PER_SEC;
  g_ptr_array_add (stats->workers, worker);
  return worker;
}

/* What waits in the rows is told of each type, and what waits in a queue once. */
static void
test_types (void)
{
  static const struct {
    gboolean has_queues;
    gint64 n_waiting;
    WdReadingState second, oldest;
  } cases[] = {
    { TRUE, 7, WD_READING_UNKNOWN, WD_READING_KNOWN },
    { FALSE, 7, WD_READING_KNOWN, WD_READING_KNOWN },
    { FALSE, -1, WD_READING_KNOWN, WD_READING_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
      g_autoptr (WdStats) stats = wd_stats_new ();
      g_autoptr (WdReading) reading = wd_reading_new ();
      gint64 value;

      g_test_message ("case %u", i);
      stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
      stats->undelivered_jobs = -1;
      for (guint j = 0; j < 2; j++)
        {
          WdWorkerStats *worker = add_worker (stats, j == 0 ? "gas-topup" : "sync", "all",
                                              cases[i].n_waiting);

          if (cases[i].has_queues)
            worker->has_signs = WD_TRISTATE_FALSE;
        }
      wd_alert_read_stats (reading, cases[i].has_queues, rules, stats);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_QUEUE_DEPTH, "gas-topup", &value), ==,
                       WD_READING_KNOWN);
      g_assert_cmpint (value, ==, 7);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_QUEUE_DEPTH, "sync", &value), ==,
                       cases[i].second);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_OLDEST_WAITING, "gas-topup", &value), ==,
                       cases[i].oldest);
      if (cases[i].oldest == WD_READING_KNOWN)
        g_assert_cmpint (ABS (value - 100), <=, 2);
    }
}

/* What one tells of some, and another of all, is known of all. */
static void
test_part (void)
{
  g_autoptr (WdReading) part = wd_reading_new ();
  g_autoptr (WdReading) all = wd_reading_new ();
  g_autoptr (WdReading) first = wd_reading_new ();
  g_autoptr (WdReading) last = wd_reading_new ();
  gint64 value;

  wd_reading_measured_part (part, WD_ALERT_QUEUE_DEPTH);
  wd_reading_set (part, WD_ALERT_QUEUE_DEPTH, "sync", 5);
  wd_reading_measured (all, WD_ALERT_QUEUE_DEPTH);
  wd_reading_merge (first, part);
  g_assert_cmpint (wd_reading_look (first, WD_ALERT_QUEUE_DEPTH, "mail", &value), ==,
                   WD_READING_UNKNOWN);
  wd_reading_merge (first, all);
  g_assert_cmpint (wd_reading_look (first, WD_ALERT_QUEUE_DEPTH, "mail", &value), ==,
                   WD_READING_ABSENT);
  wd_reading_merge (last, all);
  wd_reading_merge (last, part);
  g_assert_cmpint (wd_reading_look (last, WD_ALERT_QUEUE_DEPTH, "mail", &value), ==,
                   WD_READING_ABSENT);
  g_assert_cmpint (wd_reading_look (last, WD_ALERT_QUEUE_DEPTH, "sync", &value), ==,
                   WD_READING_KNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert-waiting/queues", test_queues);
  g_test_add_func ("/alert-waiting/part", test_part);
  g_test_add_func ("/alert-waiting/types", test_types);
  return g_test_run ();
}
