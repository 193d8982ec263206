/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What rules with a window are about: a question for each type of job and each window, one after
 * the other, so that nobody else waits for all of them. */

#include "session/wd-alert-inquiry.h"

#include "model/wd-job-type.h"

static const WdAlertMetric metrics[] = {
  WD_ALERT_FAILED_JOBS, WD_ALERT_FAILURE_RATE, WD_ALERT_RETRY_RATE, WD_ALERT_RUN_TIME,
};

typedef struct {
  WdAlertRules *rules;       /* (owned) */
  GArray *windows;           /* (owned) (element-type gint64): different ones */
  guint next;                /* question */
  WdReading *reading;        /* (owned) */
} Inquiry;

static void ask (GTask *task);

static void
inquiry_free (Inquiry *inquiry)
{
  wd_alert_rules_unref (inquiry->rules);
  g_array_unref (inquiry->windows);
  g_clear_pointer (&inquiry->reading, wd_reading_free);
  g_free (inquiry);
}

/* The statistics, which are there in any case, tell of failures in the last hour. */
static gboolean
is_asked (const WdAlertRules *rules, WdAlertMetric metric)
{
  const WdAlertRule *rule = &rules->rules[metric];

  if (!rule->enabled)
    return FALSE;
  return (metric != WD_ALERT_FAILED_JOBS && metric != WD_ALERT_FAILURE_RATE)
         || rule->window != WD_ALERT_STATS_WINDOW;
}

static GArray *
find_windows (const WdAlertRules *rules)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      gint64 window = rules->rules[metrics[i]].window;
      gboolean is_new = is_asked (rules, metrics[i]);

      for (guint j = 0; j < windows->len; j++)
        is_new = is_new && g_array_index (windows, gint64, j) != window;
      if (is_new)
        g_array_append_val (windows, window);
    }
  return windows;
}

/* Of too few nothing can be said, which is nothing to worry about. */
static gint64
measure (WdAlertMetric metric, const WdHistoryPoint *total)
{
  gint64 finished = wd_history_point_get_finished (total);

  switch ((guint) metric)
    {
    case WD_ALERT_FAILED_JOBS:
      return total->failed;
    case WD_ALERT_FAILURE_RATE:
      return finished >= WD_HISTORY_ENOUGH ? total->failed * 100 / finished : 0;
    case WD_ALERT_RETRY_RATE:
      return total->n_retries >= WD_HISTORY_ENOUGH ? (gint64) (total->retries * 100 + 0.5) : 0;
    case WD_ALERT_RUN_TIME:
    default:
      return total->run.p95 > 0 ? total->run.p95 / G_USEC_PER_SEC : 0;
    }
}

/**
 * wd_alert_inquiry_read:
 * @reading: gets what @total tells of rules with this window
 * @rules: the rules
 * @window: seconds that were looked back over
 * @job_type: a type of job
 * @total: what its jobs did
 */
void
wd_alert_inquiry_read (WdReading *reading, const WdAlertRules *rules, gint64 window,
                       const char *job_type, const WdHistoryPoint *total)
{
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    if (is_asked (rules, metrics[i]) && rules->rules[metrics[i]].window == window)
      wd_reading_set (reading, metrics[i], job_type, measure (metrics[i], total));
}

static const char *
get_question (const Inquiry *inquiry, gint64 *window)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  if (inquiry->next >= n_types * inquiry->windows->len)
    return NULL;
  *window = g_array_index (inquiry->windows, gint64, inquiry->next / n_types);
  return types[inquiry->next % n_types].name;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Inquiry *inquiry = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WdHistory) history =
    wd_backend_load_history_finish (WD_BACKEND (source), result, &error);
  gint64 window = 0;
  const char *type = get_question (inquiry, &window);

  if (history == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  wd_alert_inquiry_read (inquiry->reading, inquiry->rules, window, type, &history->total);
  inquiry->next++;
  ask (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
ask (GTask *task)
{
  Inquiry *inquiry = g_task_get_task_data (task);
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  gint64 window;
  const char *type = get_question (inquiry, &window);

  if (type == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&inquiry->reading),
                             (GDestroyNotify) wd_reading_free);
      g_object_unref (task);
      return;
    }
  request->job_type = g_strdup (type);
  request->range = WD_HISTORY_CUSTOM;
  request->to = wd_time_now ();
  request->from = request->to - window * G_USEC_PER_SEC;
  wd_backend_load_history_async (g_task_get_source_object (task), request,
                                 g_task_get_cancellable (task), answered_cb, task);
}

/**
 * wd_alert_inquiry_ask_async:
 * @backend: whom to ask
 * @rules: what somebody wants to know
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_alert_inquiry_ask_async (WdBackend *backend, const WdAlertRules *rules,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (backend, cancellable, callback, data);
  Inquiry *inquiry = g_new0 (Inquiry, 1);

  g_task_set_source_tag (task, wd_alert_inquiry_ask_async);
  inquiry->rules = wd_alert_rules_copy (rules);
  inquiry->windows = find_windows (rules);
  inquiry->reading = wd_reading_new ();
  g_task_set_task_data (task, inquiry, (GDestroyNotify) inquiry_free);
  ask (task);
}

/**
 * wd_alert_inquiry_ask_finish:
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was measured
 */
WdReading *
wd_alert_inquiry_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
