/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a monitoring system asks again and again: the stores as the service last saw them, a moment
 * ago at most, under the names of BullMQ's own exporter where it has them; and the service itself.
 * A store that is away is a gauge of 0 and what it would tell is missing: that is no reason to tell
 * nothing. No label has a value that a client or a table makes up: queues and types of jobs are
 * those of the connection. */

#include "server/wd-server-handlers.h"

#include "base/wd-tally.h"
#include "server/wd-exposition.h"
#include "server/wd-server-private.h"
#include "server/wd-server-process.h"

/* From the head of the request on. Half of what Prometheus waits unless it is told otherwise. */
#define WAIT_MS 4000

#define PREFIX "worker_dashboard_"

typedef struct {
  guint timer;
} Scrape;

/* One family of what is known of each queue, or each type of jobs. */
typedef struct {
  const char *name;
  const char *type;
  const char *help;
  gboolean (*read) (const WdWorkerStats *worker, gint64 *value);
} Family;

static gboolean
read_ever_completed (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->counts != NULL ? worker->counts->ever_completed : -1;
  return *value >= 0;
}

static gboolean
read_ever_failed (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->counts != NULL ? worker->counts->ever_failed : -1;
  return *value >= 0;
}

static gboolean
read_paused (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->paused;
  return worker->counts != NULL;
}

static gboolean
read_connected (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->workers;
  return worker->counts != NULL && *value >= 0;
}

static gboolean
read_lost_locks (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->lost_locks;
  return worker->counts != NULL && *value >= 0;
}

static gboolean
read_oldest_waiting (const WdWorkerStats *worker, gint64 *value)
{
  *value = wd_time_is_finite (worker->oldest_waiting)
             ? MAX (0, wd_time_now () - worker->oldest_waiting) / G_USEC_PER_SEC : 0;
  return worker->counts != NULL
         && (worker->waiting == 0 || wd_time_is_finite (worker->oldest_waiting));
}

static gboolean
read_completed (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->completed;
  return TRUE;
}

static gboolean
read_failed (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->failed;
  return TRUE;
}

static gboolean
read_finished_last_hour (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->finished_last_hour;
  return *value >= 0;
}

static gboolean
read_failed_last_hour (const WdWorkerStats *worker, gint64 *value)
{
  *value = worker->failed_last_hour;
  return *value >= 0;
}

static const Family of_queues[] = {
  { "bullmq_job_completed_total", "counter",
    "Total number of completed jobs, where the workers keep metrics", read_ever_completed },
  { "bullmq_job_failed_total", "counter",
    "Total number of failed jobs, where the workers keep metrics", read_ever_failed },
  { PREFIX "queue_paused", "gauge", "Whether the queue is paused", read_paused },
  { PREFIX "queue_workers", "gauge", "Workers that are connected", read_connected },
  { PREFIX "queue_lost_locks", "gauge", "Active jobs whose worker is gone", read_lost_locks },
  { PREFIX "queue_oldest_waiting_seconds", "gauge",
    "Age of the job that waits longest, 0 where none waits", read_oldest_waiting },
};

static const Family of_types[] = {
  { PREFIX "jobs_completed", "gauge", "Completed jobs in job_logs", read_completed },
  { PREFIX "jobs_failed", "gauge", "Failed jobs in job_logs", read_failed },
  { PREFIX "jobs_finished_last_hour", "gauge", "Jobs that ended in the last hour",
    read_finished_last_hour },
  { PREFIX "jobs_failed_last_hour", "gauge", "Jobs that failed in the last hour",
    read_failed_last_hour },
};

static void
write_family (GString *text, const Family *family, const WdStats *stats, gboolean by_queue)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];
      gint64 value;

      if ((by_queue && wd_stats_is_queue_told (stats, i)) || !family->read (worker, &value))
        continue;
      if (!begun)
        wd_exposition_family (text, family->name, family->type, family->help);
      begun = TRUE;
      wd_exposition_count (text, family->name, value, by_queue ? "queue" : "job_type",
                           by_queue ? worker->queue : worker->job_type, NULL);
    }
}

static void
write_counts (GString *text, const WdStats *stats)
{
  wd_exposition_family (text, "bullmq_job_count", "gauge", "Number of jobs in the queue by state");
  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdQueueCounts *counts = ((WdWorkerStats *) stats->workers->pdata[i])->counts;
      const struct {
        const char *state;
        gint64 n;
      } states[] = {
        { "active", counts->active },
        { "completed", counts->completed },
        { "delayed", counts->delayed },
        { "failed", counts->failed },
        { "prioritized", counts->prioritized },
        { "waiting", counts->waiting },
        { "waiting-children", counts->waiting_children },
      };

      for (gsize j = 0; !wd_stats_is_queue_told (stats, i) && j < G_N_ELEMENTS (states); j++)
        wd_exposition_count (text, "bullmq_job_count", states[j].n, "queue", counts->queue,
                             "state", states[j].state, NULL);
    }
}

static void
write_gauge (GString *text, const char *name, const char *help, gint64 value)
{
  if (value < 0)
    return;
  wd_exposition_family (text, name, "gauge", help);
  wd_exposition_count (text, name, value, NULL);
}

static void
write_rows (GString *text, const WdStats *stats)
{
  write_gauge (text, PREFIX "jobs_pending", "Pending jobs in job_logs", stats->pending_jobs);
  write_gauge (text, PREFIX "undelivered_jobs",
               "Jobs that are promised and not known to be in their queue",
               stats->undelivered_jobs);
  write_gauge (text, PREFIX "wallets", "Wallets", stats->wallets);
  write_gauge (text, PREFIX "wallets_need_gas", "Wallets that need gas", stats->wallets_need_gas);
  write_gauge (text, PREFIX "wallets_need_consolidation", "Wallets that need consolidation",
               stats->wallets_need_consolidation);
  for (gsize i = 0; i < G_N_ELEMENTS (of_types); i++)
    write_family (text, &of_types[i], stats, FALSE);
}

static void
write_stores (GString *text, WdServer *server, gboolean database, WdTristate queues)
{
  const WdStats *stats = database ? wd_server_pulse_get_stats (server->pulse) : NULL;

  wd_exposition_family (text, PREFIX "store_up", "gauge", "Whether the store answers");
  wd_exposition_count (text, PREFIX "store_up", database, "store", "postgresql", NULL);
  if (queues != WD_TRISTATE_UNSET)
    wd_exposition_count (text, PREFIX "store_up", queues == WD_TRISTATE_TRUE, "store", "redis",
                         NULL);
  if (stats == NULL)
    return;
  write_rows (text, stats);
  if (queues != WD_TRISTATE_TRUE)
    return;
  write_counts (text, stats);
  for (gsize i = 0; i < G_N_ELEMENTS (of_queues); i++)
    write_family (text, &of_queues[i], stats, TRUE);
}

static void
write_service (GString *text, WdServer *server)
{
  wd_exposition_family (text, PREFIX "alerts_open", "gauge",
                        "Alerts that are open by the standard rules");
  for (guint severity = 0; severity <= WD_SEVERITY_CRITICAL; severity++)
    wd_exposition_count (text, PREFIX "alerts_open",
                         wd_server_pulse_count_alerts (server->pulse, severity), "severity",
                         wd_severity_word (severity), NULL);
  wd_exposition_family (text, PREFIX "connections", "gauge", "Connections to the stores");
  wd_exposition_count (text, PREFIX "connections", wd_tally_get (WD_TALLY_POSTGRES), "store",
                       "postgresql", NULL);
  wd_exposition_count (text, PREFIX "connections", wd_tally_get (WD_TALLY_REDIS), "store", "redis",
                       NULL);
  write_gauge (text, PREFIX "http_connections", "Clients that are connected",
               wd_server_door_get_n_clients (server->door));
  write_gauge (text, PREFIX "http_requests_running", "Requests that are being worked on",
               wd_server_turns_get_n (server->turns));
  write_gauge (text, PREFIX "bulk_runs_running", "Bulk runs that this service works on",
               wd_server_runs_get_n (server->runs));
  if (server->recorder != NULL)
    {
      wd_exposition_family (text, PREFIX "recording_set_aside_total", "counter",
                            "Jobs whose events are left out, the database not letting their rows "
                            "be written");
      wd_exposition_count (text, PREFIX "recording_set_aside_total",
                           wd_tally_get (WD_TALLY_SET_ASIDE), NULL);
    }
  wd_server_metrics_write (server->metrics, text);
  wd_server_process_write (text);
}

static void
scrape_free (gpointer data)
{
  Scrape *scrape = data;

  g_clear_handle_id (&scrape->timer, g_source_remove);
  g_free (scrape);
}

static void
answer (WdServerRequest *request, gboolean database, WdTristate queues)
{
  GString *text = g_string_new (NULL);

  write_stores (text, request->server, database, queues);
  write_service (text, request->server);
  wd_server_request_answer_text (request, 200, WD_EXPOSITION_TYPE, g_string_free (text, FALSE));
}

static void
looked_cb (gboolean database, WdTristate queues, gpointer data)
{
  g_autoptr (WdServerRequest) request = data;
  Scrape *scrape = request->state;

  g_clear_handle_id (&scrape->timer, g_source_remove);
  if (!request->answered)
    answer (request, database, queues);
}

/* A store that keeps us waiting does not answer. */
static gboolean
too_long_cb (gpointer data)
{
  WdServerRequest *request = data;
  Scrape *scrape = request->state;

  scrape->timer = 0;
  answer (request, FALSE, WD_TRISTATE_UNSET);
  return G_SOURCE_REMOVE;
}

/**
 * wd_server_handle_metrics:
 * @request: to be answered
 */
void
wd_server_handle_metrics (WdServerRequest *request)
{
  Scrape *scrape = g_new0 (Scrape, 1);
  gint64 left = WAIT_MS - (g_get_monotonic_time () - request->began) / 1000;

  request->state = scrape;
  request->state_free = scrape_free;
  scrape->timer = g_timeout_add ((guint) MAX (left, 1), too_long_cb, request);
  wd_server_pulse_ask (request->server->pulse, looked_cb, wd_server_request_ref (request));
}
