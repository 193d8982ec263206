/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs that the "Retry Job" dialog is about: what stands in the way of each, and the requests
 * that retry them. */

#include "app/actions/wd-retry-subjects.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-retry-text.h"

static gboolean
is_failed (const WdJob *job)
{
  return wd_job_status_from_string (job->status) == WD_JOB_STATUS_FAILED;
}

static void
update_subject (WdSubject *subject, const WdJob *job, const WdJobDetail *detail, gboolean reset,
                const WdProfile *profile)
{
  const WdQueueJob *queue_job = detail != NULL ? detail->queue_job : NULL;
  g_autofree char *text = NULL;
  g_autofree char *obstacle = NULL;

  if (job == NULL)
    {
      wd_subject_warn (subject, _("Left out: there is no such job any more"), NULL, NULL);
      return;
    }
  text = wd_retry_text_job (job);
  wd_subject_describe (subject, text, NULL);
  obstacle = wd_retry_text_obstacle (job, reset);
  if (obstacle == NULL && wd_retry_runs_itself (queue_job))
    obstacle = wd_retry_text_runs_itself (queue_job);
  if (obstacle == NULL && detail != NULL)
    obstacle = wd_retry_text_impossible (detail, profile);
  wd_subject_warn (subject, obstacle, NULL, NULL);
}

/* A row that is no longer failed was changed by the request whose end is not known, or by a worker
 * who got it from there. */
static void
settle_unknown (WdSubject *subject, const WdJob *job)
{
  if (wd_subject_get_state (subject) == WD_SUBJECT_UNKNOWN && job != NULL && !is_failed (job))
    wd_subject_settle (subject, WD_SUBJECT_DONE, _("It was written after all"), job->id);
}

/**
 * wd_retry_subjects_update:
 * @subjects: of #WdSubject, each with the id of a row for its key
 * @jobs: (element-type utf8 WdJob): those rows as they were read last
 * @detail: (nullable): the only one, where there is one, with what its queue holds of it
 * @reset: whether retry counts would be reset
 * @profile: their connection
 *
 * Says of each what the job is, and what speaks against retrying it.
 */
void
wd_retry_subjects_update (GListModel *subjects, GHashTable *jobs, const WdJobDetail *detail,
                          gboolean reset, const WdProfile *profile)
{
  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (subjects, i);
      const WdJob *job = g_hash_table_lookup (jobs, wd_subject_get_key (subject));

      if (wd_subject_is_open (subject))
        update_subject (subject, job, detail, reset, profile);
      else
        settle_unknown (subject, job);
    }
}

/**
 * wd_retry_subjects_collect:
 * @subjects: of #WdSubject
 * @jobs: (element-type utf8 WdJob): their rows
 * @n_failed: (out): how many of all are failed
 *
 * Returns: (transfer container) (element-type WdJob): those that the button is about
 */
GPtrArray *
wd_retry_subjects_collect (GListModel *subjects, GHashTable *jobs, guint *n_failed)
{
  GPtrArray *going = g_ptr_array_new ();

  *n_failed = 0;
  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (subjects, i);
      WdJob *job = g_hash_table_lookup (jobs, wd_subject_get_key (subject));

      if (job == NULL)
        continue;
      *n_failed += is_failed (job);
      if (wd_subject_may_go (subject))
        g_ptr_array_add (going, job);
    }
  return going;
}

/**
 * wd_retry_subjects_add_requests:
 * @subjects: (element-type WdSubject): what is to be done
 * @run: a run not yet started, which gets the requests
 * @reset: whether retry counts are reset
 */
void
wd_retry_subjects_add_requests (GPtrArray *subjects, WdActionRun *run, gboolean reset)
{
  for (guint from = 0; from < subjects->len; from += WD_ACTION_RUN_BATCH)
    {
      WdRetryRequest *request = wd_retry_request_new ();
      g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

      for (guint i = from; i < MIN (from + WD_ACTION_RUN_BATCH, subjects->len); i++)
        g_strv_builder_add (ids, wd_subject_get_key (subjects->pdata[i]));
      request->ids = g_strv_builder_end (ids);
      request->reset = reset;
      wd_action_run_add_retry (run, request);
    }
}
