/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What each source tells of what rules are about, and what it leaves unknown. */

#include <gio/gio.h>

#include "base/wd-error.h"
#include "model/wd-filter-language.h"
#include "session/wd-alert-inquiry.h"
#include "session/wd-alert-sources.h"
#include "session/wd-alert-view.h"

/* What the statistics tell, or do not. */
static void
test_stats (void)
{
  enum { NONE = WD_TRISTATE_FALSE, SIGN = WD_TRISTATE_TRUE };
  static const struct {
    const char *redis_url;
    const char *queue_error;
    gint64 queued, workers;
    gboolean paused;
    gint64 overdue;
    int has_signs;
    WdReadingState state;
    gint64 value;
  } cases[] = {
    { "redis://localhost", NULL, 4, 0, FALSE, 0, NONE, WD_READING_KNOWN, 4 },
    { "redis://localhost", NULL, 4, 1, FALSE, 0, NONE, WD_READING_KNOWN, 0 },
    { "redis://localhost", NULL, 0, 0, FALSE, 0, NONE, WD_READING_KNOWN, 0 },
    { "redis://localhost", NULL, 4, 0, TRUE, 0, NONE, WD_READING_KNOWN, 0 },
    { "redis://localhost", NULL, 4, -1, FALSE, 0, NONE, WD_READING_UNKNOWN, 0 },
    { "redis://localhost", NULL, 0, -1, FALSE, 0, NONE, WD_READING_KNOWN, 0 },
    { "redis://localhost", "gone", 0, -1, FALSE, 0, NONE, WD_READING_UNKNOWN, 0 },
    { NULL, "none", 4, -1, FALSE, 0, NONE, WD_READING_UNKNOWN, 0 },
    { "redis://localhost", NULL, 0, 0, FALSE, 40, NONE, WD_READING_KNOWN, 40 },
    { "redis://localhost", NULL, 0, 2, FALSE, 40, NONE, WD_READING_KNOWN, 0 },
    { "redis://localhost", NULL, 4, -1, FALSE, 0, SIGN, WD_READING_KNOWN, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdProfile) profile = wd_profile_create ("it");
      g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
      g_autoptr (WdStats) stats = wd_stats_new ();
      g_autoptr (WdReading) reading = wd_reading_new ();
      WdWorkerStats *worker = wd_worker_stats_new ();
      gboolean has_queues = cases[i].redis_url != NULL;
      gint64 value;

      stats->queue_error = g_strdup (cases[i].queue_error);
      stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
      g_ptr_array_add (stats->workers, worker);
      worker->job_type = g_strdup ("sync");
      worker->queued = worker->waiting = cases[i].queued;
      worker->overdue = cases[i].overdue;
      worker->has_signs = cases[i].has_signs;
      worker->workers = cases[i].workers;
      worker->paused = cases[i].paused;
      worker->finished_last_hour = 10 * i;
      worker->failed_last_hour = 4;
      stats->undelivered_jobs = (gint64) i - 1;
      wd_alert_read_stats (reading, has_queues, rules, stats);
      wd_alert_read_connection (reading, profile, has_queues, stats, NULL);
      g_test_message ("case %u", i);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_NO_WORKER, "sync", &value), ==,
                       cases[i].state);
      g_assert_cmpint (value, ==, cases[i].value);
      wd_reading_look (reading, WD_ALERT_FAILURE_RATE, "sync", &value);
      g_assert_cmpint (value, ==, i == 0 ? 0 : 40 / i);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_UNDELIVERED, "", &value), ==,
                       i == 0 ? WD_READING_UNKNOWN : WD_READING_KNOWN);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_CONNECTION, "redis", &value), ==,
                       cases[i].redis_url != NULL ? WD_READING_KNOWN : WD_READING_ABSENT);
      g_assert_cmpint (value, ==, cases[i].redis_url != NULL && cases[i].queue_error != NULL);
      /* Those of others are not told of. */
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_QUEUE_DEPTH, "mail", &value), ==,
                       has_queues ? WD_READING_UNKNOWN : WD_READING_ABSENT);
      /* One that does not answer is not empty. */
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_QUEUE_DEPTH, "sync", &value), ==,
                       has_queues && cases[i].queue_error != NULL ? WD_READING_UNKNOWN
                                                                  : WD_READING_KNOWN);
      /* Since when jobs wait is told by nobody here. */
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_OLDEST_WAITING, "sync", &value), ==,
                       cases[i].queued > 0 || (has_queues && cases[i].queue_error != NULL)
                         ? WD_READING_UNKNOWN : WD_READING_KNOWN);
    }
}

/* A server that answers “no” answers. */
static void
test_connection (void)
{
  static const struct {
    int code;
    gint64 lost;
  } cases[] = {
    { WD_ERROR_NO_CONNECTION, 1 }, { WD_ERROR_TIMED_OUT, 1 }, { WD_ERROR_AUTHENTICATION, 1 },
    { WD_ERROR_PERMISSION, 0 }, { WD_ERROR_NOT_MIGRATED, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdProfile) profile = wd_profile_create ("it");
      g_autoptr (GError) error = g_error_new_literal (WD_ERROR, cases[i].code, "it");
      g_autoptr (WdReading) reading = wd_reading_new ();
      gint64 value;

      wd_alert_read_connection (reading, profile, TRUE, NULL, error);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_CONNECTION, "postgresql", &value), ==,
                       WD_READING_KNOWN);
      g_assert_cmpint (value, ==, cases[i].lost);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_CONNECTION, "redis", &value), ==,
                       WD_READING_UNKNOWN);
    }
}

/* Rows that wait while all queues are empty are what a queue that was lost looks like. */
static void
test_idle (void)
{
  static const struct {
    gint64 queued, active, finished, pending;
    gboolean idle;
  } cases[] = {
    { 0, 0, 0, 0, TRUE }, { 1, 0, 0, 0, FALSE }, { 0, 1, 0, 0, FALSE }, { 0, 0, 1, 0, FALSE },
    { 0, 0, -1, 0, TRUE }, { 0, 0, 0, 400, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdStats) stats = wd_stats_new ();
      WdWorkerStats *worker = wd_worker_stats_new ();

      stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
      g_ptr_array_add (stats->workers, worker);
      worker->queued = cases[i].queued;
      worker->active = cases[i].active;
      worker->finished_last_hour = cases[i].finished;
      stats->pending_jobs = cases[i].pending;
      g_test_message ("case %u", i);
      g_assert_cmpint (wd_stats_is_idle (stats), ==, cases[i].idle);
    }
}

/* What failed is asked again soon, though not for ever; what is slow not more seldom; and queues
 * that nobody listens to not much more seldom while nothing tells of a change. */
static void
test_waits (void)
{
  static const struct {
    WdAlertMetric metric;
    const char *subject;
    gboolean unchanged, idle;
    guint n_failed;
    gint64 seconds;
  } cases[] = {
    { WD_ALERT_QUEUE_DEPTH, "sync", FALSE, FALSE, 0, 30 },
    { WD_ALERT_QUEUE_DEPTH, "sync", FALSE, TRUE, 0, 150 },
    { WD_ALERT_QUEUE_DEPTH, NULL, TRUE, TRUE, 0, 900 },
    { WD_ALERT_QUEUE_DEPTH, "sync", TRUE, TRUE, 0, 900 },
    { WD_ALERT_QUEUE_DEPTH, "sync", TRUE, TRUE, 1, 60 },
    { WD_ALERT_QUEUE_DEPTH, "sync", FALSE, FALSE, 1, 30 },
    { WD_ALERT_QUEUE_DEPTH, "mail", FALSE, FALSE, 0, 30 },
    { WD_ALERT_QUEUE_DEPTH, "mail", FALSE, TRUE, 0, 60 },
    { WD_ALERT_QUEUE_DEPTH, "mail", TRUE, FALSE, 0, 60 },
    { WD_ALERT_QUEUE_DEPTH, "mail", TRUE, TRUE, 0, 60 },
    { WD_ALERT_QUEUE_DEPTH, "mail", FALSE, FALSE, 1, 30 },
    { WD_ALERT_QUEUE_DEPTH, "mail", TRUE, TRUE, 2, 60 },
    { WD_ALERT_QUEUE_DEPTH, "mail", TRUE, TRUE, 1000, 60 },
    { WD_ALERT_QUEUE_DEPTH, "sync", TRUE, TRUE, 1000, 900 },
    { WD_ALERT_STUCK, "sync", TRUE, FALSE, 0, 60 },
    { WD_ALERT_STUCK, "sync", TRUE, TRUE, 0, 300 },
    { WD_ALERT_DRIFT, "sync", FALSE, FALSE, 0, 3600 },
    { WD_ALERT_DRIFT, "sync", TRUE, TRUE, 0, 3600 },
    { WD_ALERT_DRIFT, "sync", TRUE, TRUE, 1, 60 },
    { WD_ALERT_DRIFT, "sync", FALSE, FALSE, 3, 240 },
    { WD_ALERT_DRIFT, "sync", FALSE, FALSE, 1000, 3600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n_sources;
      const WdAlertSource *source = wd_alert_sources (&n_sources);
      g_autoptr (WdReading) told = wd_reading_new ();
      g_autoptr (WdReading) nothing = wd_reading_new ();
      g_autoptr (GError) error = g_error_new_literal (WD_ERROR, WD_ERROR_TIMED_OUT, "late");
      WdAlertPast past = { .n_failed = 7 };

      if (cases[i].subject != NULL)
        wd_reading_set (told, cases[i].metric, cases[i].subject, 0);
      while (source->metrics[0] != cases[i].metric)
        source++;
      g_test_message ("case %u", i);
      wd_alert_source_remember (source, told, NULL, &past);
      for (guint j = 0; j < cases[i].n_failed; j++)
        wd_alert_source_remember (source, nothing, error, &past);
      g_assert_cmpint (wd_alert_source_get_wait (source, &past, cases[i].unchanged,
                                                 cases[i].idle), ==, cases[i].seconds);
    }
}

static void
add_finding (WdHealth *health, WdFindingKind kind, const char *queue, const char *type,
             gint64 count)
{
  WdFinding *finding = wd_finding_create (kind, queue, type);

  finding->count = count;
  g_ptr_array_add (health->findings, finding);
}

static void
test_health (void)
{
  WdHealthLimits limits = { 0 };
  g_autoptr (WdProfile) profile = wd_profile_create ("it");
  g_autoptr (WdHealth) health = wd_health_create (&limits);
  g_autoptr (WdReading) seen = wd_reading_new ();
  g_autoptr (WdReading) unseen = wd_reading_new ();
  gint64 value;

  health->wallets_in_trouble.n = 12;
  add_finding (health, WD_FINDING_LOST_LOCK, "sync-balances", "sync", 2);
  add_finding (health, WD_FINDING_LONG_RUN, "sync-balances", "sync", 3);
  add_finding (health, WD_FINDING_NO_WORKER, "gas-topup", "gas-topup", 40);
  add_finding (health, WD_FINDING_STALLED, "mail", NULL, 1);
  g_ptr_array_add (health->unread, g_strdup ("sync-balances"));
  g_ptr_array_add (health->unread, g_strdup ("deposit-detection"));
  wd_alert_read_health (seen, profile, health);
  wd_reading_look (seen, WD_ALERT_STUCK, "sync", &value);
  g_assert_cmpint (value, ==, 5);
  wd_reading_look (seen, WD_ALERT_STUCK, "mail", &value);
  g_assert_cmpint (value, ==, 1);
  g_assert_cmpint (wd_reading_look (seen, WD_ALERT_STUCK, "gas-topup", &value), ==,
                   WD_READING_ABSENT);
  /* What nobody could look into has not ended. */
  g_assert_cmpint (wd_reading_look (seen, WD_ALERT_STUCK, "deposit-detection", &value), ==,
                   WD_READING_UNKNOWN);
  wd_reading_look (seen, WD_ALERT_WALLETS, "", &value);
  g_assert_cmpint (value, ==, 12);
  health->queue_error = g_strdup ("gone");
  health->wallets_in_trouble.n = -1;
  wd_alert_read_health (unseen, profile, health);
  g_assert_cmpint (wd_reading_look (unseen, WD_ALERT_STUCK, "sync", &value), ==,
                   WD_READING_UNKNOWN);
  g_assert_cmpint (wd_reading_look (unseen, WD_ALERT_WALLETS, "", &value), ==,
                   WD_READING_UNKNOWN);
}

/* Of too few nothing can be said; what the statistics tell is not asked for twice. */
static void
test_history (void)
{
  static const struct {
    gint64 window;
    gint64 failed, completed, p95, n_retries;
    double retries;
    WdReadingState state;
    gint64 n_failed, rate, retry_rate, run_time;
  } cases[] = {
    { 86400, 30, 70, 90 * G_USEC_PER_SEC, 50, 1.5, WD_READING_KNOWN, 30, 30, 150, 90 },
    { 86400, 3, 1, -1, 4, 2, WD_READING_KNOWN, 3, 0, 0, 0 },
    { 86400, 0, 0, -1, 0, -1, WD_READING_KNOWN, 0, 0, 0, 0 },
    { 3600, 30, 70, 90 * G_USEC_PER_SEC, 50, 0.25, WD_READING_UNKNOWN, 0, 0, 25, 90 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
      g_autoptr (WdReading) reading = wd_reading_new ();
      WdHistoryPoint total = { .failed = cases[i].failed, .completed = cases[i].completed,
                               .retries = cases[i].retries, .n_retries = cases[i].n_retries };
      gint64 value;

      total.run.p95 = cases[i].p95;
      rules->rules[WD_ALERT_FAILED_JOBS].window = cases[i].window;
      rules->rules[WD_ALERT_FAILURE_RATE].window = cases[i].window;
      rules->rules[WD_ALERT_RETRY_RATE].window = cases[i].window;
      rules->rules[WD_ALERT_RUN_TIME].window = cases[i].window;
      wd_alert_inquiry_read (reading, rules, cases[i].window, "sync", &total);
      g_test_message ("case %u", i);
      g_assert_cmpint (wd_reading_look (reading, WD_ALERT_FAILED_JOBS, "sync", &value), ==,
                       cases[i].state);
      g_assert_cmpint (value, ==, cases[i].n_failed);
      wd_reading_look (reading, WD_ALERT_FAILURE_RATE, "sync", &value);
      g_assert_cmpint (value, ==, cases[i].rate);
      wd_reading_look (reading, WD_ALERT_RETRY_RATE, "sync", &value);
      g_assert_cmpint (value, ==, cases[i].retry_rate);
      wd_reading_look (reading, WD_ALERT_RUN_TIME, "sync", &value);
      g_assert_cmpint (value, ==, cases[i].run_time);
    }
}

/* Every alert leads somewhere, by a filter that the page understands. */
static void
test_views (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    {
      const WdAlertMetricInfo *info = wd_alert_metric_info (i);
      g_autoptr (WdIncident) incident = wd_incident_create (i, info->by_type ? "sync" : "", 0);
      g_autofree char *filter = NULL;
      const WdFilterLanguage *language;
      WdAlertView view;
      WdTextSpan span;
      gpointer read;

      incident->window = info->window;
      view = wd_alert_view_find (incident, &filter);
      g_assert_nonnull (view.page);
      if (filter == NULL)
        continue;
      g_test_message ("%s", filter);
      language = g_strcmp0 (view.page, "wallets") == 0 ? wd_filter_language_wallets ()
                                                       : wd_filter_language_jobs ();
      read = language->read (filter, utc, wd_time_now (), &span, NULL);
      g_assert_nonnull (read);
      language->free (read);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-readings/stats", test_stats);
  g_test_add_func ("/alert-readings/connection", test_connection);
  g_test_add_func ("/alert-readings/idle", test_idle);
  g_test_add_func ("/alert-readings/waits", test_waits);
  g_test_add_func ("/alert-readings/health", test_health);
  g_test_add_func ("/alert-readings/history", test_history);
  g_test_add_func ("/alert-readings/views", test_views);
  return g_test_run ();
}
