/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is measured by which call. The statistics come first: without its servers nothing else is
 * known. Queues are looked at also where none of the profile's has anything, since there are
 * others, and since one that does not answer is not empty. */

#include "session/wd-alert-sources.h"

#include "base/wd-error.h"
#include "session/wd-alert-inquiry.h"

/* Fewer that ended say nothing about a rate. */
#define LEAST_FINISHED  5
/* Finding queues walks over all keys; of those of the profile the statistics tell. */
#define QUEUES_SECONDS  30
#define HEALTH_SECONDS  60
#define HISTORY_SECONDS 120
#define DRIFT_SECONDS   (60 * 60)
/* What is slow is asked seldom enough as it is. */
#define IDLE_FACTOR     5
/* Nothing has told of a change since: only queues that nobody listens to can be different, which
 * there were none of. */
#define UNCHANGED_FACTOR 30
/* Where there were some, that nothing has told of a change says little. */
#define UNHEARD_FACTOR  2
/* After a failure, and twice as long after each further one, until it is as usual. */
#define RETRY_SECONDS   60
#define MOST_DOUBLED    6

/* Where the statistics do not look back as far as the rule, another source may. */
static void
read_outcomes (WdReading *reading, const WdAlertRules *rules, const WdWorkerStats *worker)
{
  gint64 finished = worker->finished_last_hour;

  if (finished < 0)
    {
      wd_reading_set_unknown (reading, WD_ALERT_FAILED_JOBS, worker->job_type);
      wd_reading_set_unknown (reading, WD_ALERT_FAILURE_RATE, worker->job_type);
      return;
    }
  if (rules->rules[WD_ALERT_FAILED_JOBS].window == WD_ALERT_STATS_WINDOW)
    wd_reading_set (reading, WD_ALERT_FAILED_JOBS, worker->job_type, worker->failed_last_hour);
  if (rules->rules[WD_ALERT_FAILURE_RATE].window == WD_ALERT_STATS_WINDOW)
    wd_reading_set (reading, WD_ALERT_FAILURE_RATE, worker->job_type,
                    finished >= LEAST_FINISHED ? worker->failed_last_hour * 100 / finished : 0);
}

/* Whoever does not tell what waits tells what is queued, delayed or not. */
static void
read_workers (WdReading *reading, const WdWorkerStats *worker, gboolean queue_seen)
{
  gint64 n_waiting = worker->waiting >= 0 ? worker->waiting : worker->queued;
  /* What is true whether workers can be counted or not, and ends what was said of them. */
  gboolean none_needed = worker->paused || n_waiting + worker->overdue == 0
                         || worker->has_signs == WD_TRISTATE_TRUE;

  if (queue_seen && none_needed)
    wd_reading_set (reading, WD_ALERT_NO_WORKER, worker->job_type, 0);
  else if (!queue_seen || worker->workers < 0)
    wd_reading_set_unknown (reading, WD_ALERT_NO_WORKER, worker->job_type);
  else
    wd_reading_set (reading, WD_ALERT_NO_WORKER, worker->job_type,
                    worker->workers == 0 ? n_waiting + worker->overdue : 0);
}

static void
set_queue (WdReading *reading, const char *subject, gint64 n_waiting, WdTime oldest, WdTime now)
{
  wd_reading_set (reading, WD_ALERT_QUEUE_DEPTH, subject, n_waiting);
  if (wd_time_is_finite (oldest))
    wd_reading_set (reading, WD_ALERT_OLDEST_WAITING, subject,
                    MAX (0, now - oldest) / G_USEC_PER_SEC);
  else if (n_waiting > 0)
    wd_reading_set_unknown (reading, WD_ALERT_OLDEST_WAITING, subject);
  else
    wd_reading_set (reading, WD_ALERT_OLDEST_WAITING, subject, 0);
}

/* Where there are no queues what waits are rows, or what a dashboard says to be queued. There are
 * queues of others, too, and whoever does not tell what waits leaves it all to the list of the
 * queues. */
static void
read_waiting (WdReading *reading, const WdWorkerStats *worker, gboolean has_queues,
              gboolean queue_seen)
{
  if (!has_queues && worker->waiting < 0)
    wd_reading_set (reading, WD_ALERT_QUEUE_DEPTH, worker->job_type, worker->queued);
  else if (!has_queues)
    set_queue (reading, worker->job_type, worker->waiting, worker->oldest_waiting,
               wd_time_now ());
  else if (queue_seen && worker->waiting >= 0)
    {
      wd_reading_measured_part (reading, WD_ALERT_QUEUE_DEPTH);
      wd_reading_measured_part (reading, WD_ALERT_OLDEST_WAITING);
      set_queue (reading, worker->job_type, worker->waiting, worker->oldest_waiting,
                 wd_time_now ());
    }
}

/**
 * wd_alert_read_stats:
 * @reading: gets what @stats tell
 * @has_queues: whether the connection sees queues, when nothing is in the way
 * @rules: over which windows
 * @stats: the statistics
 */
void
wd_alert_read_stats (WdReading *reading, gboolean has_queues, const WdAlertRules *rules,
                     const WdStats *stats)
{
  gboolean queue_seen = has_queues && stats->queue_error == NULL;

  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      read_outcomes (reading, rules, worker);
      if (wd_stats_is_queue_told (stats, i))
        continue;
      read_workers (reading, worker, queue_seen);
      read_waiting (reading, worker, has_queues, queue_seen);
    }
  if (stats->undelivered_jobs >= 0)
    wd_reading_set (reading, WD_ALERT_UNDELIVERED, "", stats->undelivered_jobs);
}

/**
 * wd_alert_read_connection:
 * @reading: gets which server answers
 * @profile: the connection
 * @has_queues: whether it sees queues, when nothing is in the way
 * @stats: (nullable): the statistics
 * @error: (nullable): why there are none
 *
 * A server that answers “no” answers.
 */
void
wd_alert_read_connection (WdReading *reading, const WdProfile *profile, gboolean has_queues,
                          const WdStats *stats, const GError *error)
{
  gboolean is_lost = g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION)
                     || g_error_matches (error, WD_ERROR, WD_ERROR_TIMED_OUT)
                     || g_error_matches (error, WD_ERROR, WD_ERROR_AUTHENTICATION);

  wd_reading_set (reading, WD_ALERT_CONNECTION,
                  profile->api_url != NULL ? "dashboard" : "postgresql", is_lost);
  if (stats == NULL)
    wd_reading_set_unknown (reading, WD_ALERT_CONNECTION, "redis");
  else if (has_queues)
    wd_reading_set (reading, WD_ALERT_CONNECTION, "redis", stats->queue_error != NULL);
}

/* Returns: (transfer none): what its subject is called */
static const char *
name_queue (const WdProfile *profile, const char *queue)
{
  const char *type = wd_profile_get_job_type (profile, queue);

  return type != NULL ? type : queue;
}

/**
 * wd_alert_read_queues:
 * @reading: gets what @queues tell
 * @profile: the connection
 * @queues: (element-type WdQueueCounts): all queues
 * @now: when they were read
 *
 * Those of its types of jobs by their types, others by their names.
 */
void
wd_alert_read_queues (WdReading *reading, const WdProfile *profile, GPtrArray *queues, WdTime now)
{
  for (guint i = 0; i < queues->len; i++)
    {
      const WdQueueCounts *counts = queues->pdata[i];

      set_queue (reading, name_queue (profile, counts->queue),
                 counts->waiting + counts->prioritized, counts->oldest_waiting, now);
    }
}

static void
ask_queues (WdBackend *backend, const WdAlertRules *rules, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer data)
{
  wd_backend_list_queues_async (backend, cancellable, callback, data);
}

static void
read_queues (WdReading *reading, const WdProfile *profile, const WdAlertRules *rules,
             WdBackend *backend, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) queues = wd_backend_list_queues_finish (backend, result, error);

  if (queues != NULL)
    wd_alert_read_queues (reading, profile, queues, wd_time_now ());
}

/**
 * wd_alert_read_health:
 * @reading: gets what @health tells
 * @profile: the connection
 * @health: what is wrong
 *
 * That no worker is connected is an alert of its own.
 */
void
wd_alert_read_health (WdReading *reading, const WdProfile *profile, const WdHealth *health)
{
  if (health->wallets_in_trouble.n >= 0)
    wd_reading_set (reading, WD_ALERT_WALLETS, "", health->wallets_in_trouble.n);
  if (health->queue_error != NULL)
    return;
  wd_reading_measured (reading, WD_ALERT_STUCK);
  for (guint i = 0; i < health->unread->len; i++)
    wd_reading_set_unknown (reading, WD_ALERT_STUCK,
                            name_queue (profile, health->unread->pdata[i]));
  for (guint i = 0; i < health->findings->len; i++)
    {
      const WdFinding *finding = health->findings->pdata[i];
      const char *subject = finding->job_type != NULL ? finding->job_type
                            : finding->queue != NULL  ? finding->queue : "";
      gint64 before;

      if (finding->kind == WD_FINDING_NO_WORKER)
        continue;
      wd_reading_look (reading, WD_ALERT_STUCK, subject, &before);
      wd_reading_set (reading, WD_ALERT_STUCK, subject, before + MAX (finding->count, 1));
    }
}

static void
ask_health (WdBackend *backend, const WdAlertRules *rules, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer data)
{
  wd_backend_load_health_async (backend, cancellable, callback, data);
}

static void
read_health (WdReading *reading, const WdProfile *profile, const WdAlertRules *rules,
             WdBackend *backend, GAsyncResult *result, GError **error)
{
  g_autoptr (WdHealth) health = wd_backend_load_health_finish (backend, result, error);

  if (health != NULL)
    wd_alert_read_health (reading, profile, health);
}

static void
read_history (WdReading *reading, const WdProfile *profile, const WdAlertRules *rules,
              WdBackend *backend, GAsyncResult *result, GError **error)
{
  g_autoptr (WdReading) read = wd_alert_inquiry_ask_finish (result, error);

  if (read != NULL)
    wd_reading_merge (reading, read);
}

/**
 * wd_alert_read_drift:
 * @reading: gets what @report tells
 * @report: how rows and queues agree
 */
void
wd_alert_read_drift (WdReading *reading, const WdDriftReport *report)
{
  wd_reading_set (reading, WD_ALERT_DRIFT, "", wd_drift_report_total (report));
}

static void
ask_drift (WdBackend *backend, const WdAlertRules *rules, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer data)
{
  wd_backend_check_drift_async (backend, NULL, NULL, cancellable, callback, data);
}

static void
read_drift (WdReading *reading, const WdProfile *profile, const WdAlertRules *rules,
            WdBackend *backend, GAsyncResult *result, GError **error)
{
  g_autoptr (WdDriftReport) report = wd_backend_check_drift_finish (backend, result, error);

  if (report != NULL)
    wd_alert_read_drift (reading, report);
}

/**
 * wd_alert_sources:
 * @n_sources: (out): how many
 *
 * Returns: (transfer none) (array length=n_sources): what is asked after the statistics
 */
const WdAlertSource *
wd_alert_sources (gsize *n_sources)
{
  static const WdAlertSource sources[] = {
    { { WD_ALERT_QUEUE_DEPTH, WD_ALERT_OLDEST_WAITING, WD_N_ALERT_METRICS }, QUEUES_SECONDS, FALSE,
      ask_queues, read_queues, .needs_queues = TRUE, .tells = TRUE },
    { { WD_ALERT_STUCK, WD_ALERT_WALLETS, WD_N_ALERT_METRICS }, HEALTH_SECONDS, FALSE,
      ask_health, read_health },
    { { WD_ALERT_RETRY_RATE, WD_ALERT_RUN_TIME, WD_ALERT_FAILED_JOBS, WD_ALERT_FAILURE_RATE,
        WD_N_ALERT_METRICS }, HISTORY_SECONDS, FALSE,
      wd_alert_inquiry_ask_async, read_history },
    { { WD_ALERT_DRIFT, WD_N_ALERT_METRICS }, DRIFT_SECONDS, TRUE,
      ask_drift, read_drift, .needs_queues = TRUE },
  };

  *n_sources = G_N_ELEMENTS (sources);
  return sources;
}

/**
 * wd_alert_source_is_wanted:
 * @self: a source
 * @rules: what somebody wants to know
 *
 * Returns: whether it tells anything of that
 */
gboolean
wd_alert_source_is_wanted (const WdAlertSource *self, const WdAlertRules *rules)
{
  for (guint i = 0; self->metrics[i] < WD_N_ALERT_METRICS; i++)
    if (rules->rules[self->metrics[i]].enabled)
      return TRUE;
  return FALSE;
}

static void
find_other (const char *subject, gpointer data)
{
  gboolean *found = data;

  *found |= wd_job_type_lookup (subject) == NULL;
}

/* Whether it told also of queues that nobody listens to: they run none of the types of jobs. */
static gboolean
has_others (const WdAlertSource *self, const WdReading *told)
{
  gboolean found = FALSE;

  if (self->tells)
    wd_reading_foreach (told, self->metrics[0], find_other, &found);
  return found;
}

/**
 * wd_alert_source_remember:
 * @self: a source
 * @told: its answer
 * @error: (nullable): why it could not tell
 * @past: gets what is to be remembered of that
 *
 * The queues of others are still there when it could not tell of them.
 */
void
wd_alert_source_remember (const WdAlertSource *self, const WdReading *told, const GError *error,
                          WdAlertPast *past)
{
  /* What a connection does not serve is no failure: it will not the next time. */
  if (error != NULL && !g_error_matches (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED))
    {
      past->n_failed++;
      return;
    }
  past->n_failed = 0;
  past->has_others = has_others (self, told);
}

/**
 * wd_alert_source_get_wait:
 * @self: a source
 * @past: of its answers
 * @unchanged: whether nothing has told of a change since it was asked
 * @idle: whether nothing goes on, of what is heard of
 *
 * Returns: seconds from one question to the next
 */
gint64
wd_alert_source_get_wait (const WdAlertSource *self, const WdAlertPast *past, gboolean unchanged,
                          gboolean idle)
{
  gint64 usual = self->interval;
  guint n_failed = past->n_failed;

  if (past->has_others)
    usual *= unchanged || idle ? UNHEARD_FACTOR : 1;
  else if (unchanged && self->tells)
    usual *= UNCHANGED_FACTOR;
  else if (idle && !self->slow)
    usual *= IDLE_FACTOR;
  return n_failed > 0 ? MIN (usual, (gint64) RETRY_SECONDS << MIN (n_failed - 1, MOST_DOUBLED))
                      : usual;
}

/**
 * wd_alert_source_get_bits:
 * @self: a source
 *
 * Returns: what it tells of: a bit for each #WdAlertMetric
 */
guint
wd_alert_source_get_bits (const WdAlertSource *self)
{
  guint bits = 0;

  for (guint i = 0; self->metrics[i] < WD_N_ALERT_METRICS; i++)
    bits |= 1u << self->metrics[i];
  return bits;
}

/**
 * wd_alert_find_unmeasured:
 * @reading: all that was measured
 * @rules: what somebody wants to know
 *
 * Returns: of what nothing is known: a bit for each #WdAlertMetric
 */
guint
wd_alert_find_unmeasured (const WdReading *reading, const WdAlertRules *rules)
{
  guint bits = 0;

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    if (rules->rules[i].enabled && !wd_reading_tells (reading, i))
      bits |= 1u << i;
  return bits;
}
