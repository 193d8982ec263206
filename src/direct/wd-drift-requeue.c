/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-delivery.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-drift-fix.h"
#include "direct/wd-lost-jobs.h"
#include "direct/wd-retry-candidate.h"
#include "direct/wd-siblings.h"
#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-jobs.h"
#include "postgres/wd-pg-retry.h"

/* Leaves those whose queue must not be written to. */
static void
check_layouts (WdLane *lane, GPtrArray *cases, WdOutboxReport *report, GCancellable *cancellable)
{
  g_autofree char *checked = NULL;

  for (guint i = cases->len; i-- > 0;)
    {
      WdDriftCase *item = cases->pdata[i];
      GError *local = NULL;

      if (g_strcmp0 (checked, item->queue) == 0
          || wd_direct_check_layout (lane, item->queue, cancellable, &local))
        {
          g_free (checked);
          checked = g_strdup (item->queue);
          continue;
        }
      g_ptr_array_add (report->left, wd_refusal_new (item->id, local));
      g_ptr_array_remove_index (cases, i);
    }
}

static const char *
id_of (GPtrArray *cases, const char *job_log_id)
{
  for (guint i = 0; i < cases->len; i++)
    {
      const WdDriftCase *item = cases->pdata[i];

      if (g_ascii_strcasecmp (item->row->job->id, job_log_id) == 0)
        return item->id;
    }
  return job_log_id;
}

/* Why a lost job was not queued that another one of the call was chosen instead of. */
static GError *
explain_sibling (GPtrArray *cases, const WdActionResult *result, const WdRefusal *refusal)
{
  const char *id = id_of (cases, refusal->job_log_id);

  for (guint i = 0; i < result->done->len; i++)
    {
      const WdJobOutcome *outcome = result->done->pdata[i];

      if (outcome->delivered && strcmp (outcome->job->id, refusal->job_log_id) == 0)
        return g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                            _("Another lost job of its type for its wallet was queued again "
                              "instead: %s"), id);
    }
  return g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                      _("Another lost job of its type for its wallet was chosen instead, and is "
                        "not known to be queued: %s"), id);
}

static void
report_outcomes (GPtrArray *cases, const WdActionResult *result, WdOutboxReport *report)
{
  for (guint i = 0; i < result->done->len; i++)
    {
      const WdJobOutcome *outcome = result->done->pdata[i];
      const char *id = id_of (cases, outcome->job->id);

      if (outcome->delivered)
        g_ptr_array_add (report->done, g_strdup (id));
      else
        g_ptr_array_add (report->left, wd_refusal_new (id, g_error_new_literal (
                           WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
                           _("It is promised and not known to be queued yet: it stands among the "
                             "undelivered jobs. Do not queue it again."))));
    }
  for (guint i = 0; i < result->refused->len; i++)
    {
      const WdRefusal *refusal = result->refused->pdata[i];

      g_ptr_array_add (report->left,
                       wd_refusal_new (id_of (cases, refusal->subject),
                                       refusal->is_sibling
                                         ? explain_sibling (cases, result, refusal)
                                         : g_error_copy (refusal->error)));
    }
}

/* Those of which nothing else is said. @result: of which nothing was delivered yet. */
static void
report_changed (GPtrArray *cases, GPtrArray *rows, const WdActionResult *result,
                WdOutboxReport *report)
{
  g_autoptr (GHashTable) changed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (changed, ((WdJob *) rows->pdata[i])->id);
  for (guint i = 0; i < result->refused->len; i++)
    g_hash_table_add (changed, ((WdRefusal *) result->refused->pdata[i])->subject);
  for (guint i = 0; i < cases->len; i++)
    {
      const WdDriftCase *item = cases->pdata[i];

      if (!g_hash_table_contains (changed, item->row->job->id))
        g_ptr_array_add (report->left, wd_refusal_new (item->id, g_error_new_literal (
                           WD_ERROR, WD_ERROR_REFUSED,
                           _("Its row changed meanwhile: nothing was written"))));
    }
}

/* A report reads no data of rows, and the priority stands there. */
static GPtrArray *
make_options (WdLane *lane, WdPgConnection *postgres, GPtrArray *cases, GCancellable *cancellable,
              GError **error)
{
  GPtrArray *options = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < cases->len; i++)
    g_ptr_array_add (ids, ((WdDriftCase *) cases->pdata[i])->row->job->id);
  rows = wd_pg_jobs_find_rows (postgres, (const char *const *) ids->pdata, ids->len, &missing,
                               wd_deadline_in (WD_READ_MS), cancellable, error);
  for (guint i = 0; rows != NULL && i < cases->len; i++)
    {
      const WdJob *row = ((WdDriftCase *) cases->pdata[i])->row->job;
      int priority = 0;

      for (guint k = 0; k < rows->len; k++)
        if (strcmp (((WdJob *) rows->pdata[k])->id, row->id) == 0)
          priority = wd_retry_read_priority (rows->pdata[k]);
      g_ptr_array_add (options, wd_delivery_make_options (
                         wd_profile_get_mapping (wd_lane_get_profile (lane), row->job_type),
                         priority, FALSE, TRUE));
    }
  if (rows == NULL)
    g_clear_pointer (&options, g_ptr_array_unref);
  return options;
}

/**
 * wd_drift_requeue:
 * @lane: the lane of checks
 * @cases: (element-type WdDriftCase): lost jobs of which nothing speaks against it
 * @report: gets what became of each
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * In one transaction, and then delivered. As in a retry a job is left while another one of its type
 * is under way for its wallet, and of several lost ones the newest goes. Worker.
 */
gboolean
wd_drift_requeue (WdLane *lane, GPtrArray *cases, WdOutboxReport *report, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (WdBullmqSite) site = wd_lane_read_site (lane, TRUE, cancellable, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_outbox_entry_unref);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  g_autoptr (GPtrArray) options = NULL;
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  g_autofree WdPgRetryJob *jobs = NULL;
  WdPgConnection *postgres;
  WdPgRetry order = { .prefix = wd_lane_get_profile (lane)->prefix, .uses_queue = TRUE,
                      .lost = TRUE, .look = wd_siblings_look_back, .look_data = lane };

  if (site == NULL)
    return FALSE;
  check_layouts (lane, cases, report, cancellable);
  if (cases->len == 0)
    return TRUE;
  order.identity = wd_bullmq_site_get_identity (site);
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres != NULL)
    options = make_options (lane, postgres, cases, cancellable, error);
  if (options == NULL)
    return FALSE;
  jobs = g_new0 (WdPgRetryJob, cases->len);
  for (guint i = 0; i < cases->len; i++)
    {
      const WdDriftCase *item = cases->pdata[i];
      const WdJob *row = item->row->job;

      jobs[i] = (WdPgRetryJob) { .id = row->id, .retry_count = row->retry_count,
                                 .queue = item->queue, .options = options->pdata[i],
                                 .status = row->status, .updated_at = row->updated_at,
                                 .guarded = wd_retry_is_guarded (row) ? row : NULL };
    }
  wd_fault_point ("drift:before-requeue");
  if (!wd_pg_retry (postgres, &order, jobs, cases->len, result, rows, entries,
                    conflicts, wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return FALSE;
  if (conflicts->len > 0)
    wd_lost_jobs_name (lane, conflicts, result, result->refused->len - conflicts->len, cancellable);
  report_changed (cases, rows, result, report);
  if (rows->len > 0)
    wd_direct_deliver (lane, site, rows, entries, result);
  report_outcomes (cases, result, report);
  return TRUE;
}
