/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs that the "Retry Job" dialog is about: what stands in the way of each, and the requests
 * that retry them. */

#include "app/actions/wd-retry-subjects.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/actions/wd-retry-text.h"
#include "app/actions/wd-trigger-text.h"
#include "model/wd-job-type.h"
#include "model/wd-retry-rule.h"

static gboolean
is_failed (const WdJob *job)
{
  return wd_job_status_from_string (job->status) == WD_JOB_STATUS_FAILED;
}

/* What the jobs are looked at with. */
typedef struct {
  const WdJobDetail *detail; /* (unowned) (nullable) */
  gboolean reset;
  const WdProfile *profile;  /* (unowned) */
  GHashTable *under_way;     /* (owned) (element-type utf8 GHashTable): jobs by wallet, by type */
  GHashTable *newest;        /* (owned) (element-type utf8 WdJob): of those that could go, by type
                              * and wallet */
} Sight;

/* Returns: (transfer full) (nullable): why it cannot be retried at all */
static char *
find_obstacle (const Sight *sight, const WdJob *job)
{
  const WdQueueJob *queue_job = sight->detail != NULL ? sight->detail->queue_job : NULL;
  char *obstacle = wd_retry_text_obstacle (job, sight->reset);

  if (obstacle == NULL && wd_retry_runs_itself (queue_job))
    obstacle = wd_retry_text_runs_itself (queue_job);
  if (obstacle == NULL && sight->detail != NULL)
    obstacle = wd_retry_text_impossible (sight->detail, sight->profile);
  return obstacle;
}

/* Returns: (nullable): another job that does the same work already */
static const WdJob *
find_other (const Sight *sight, const WdJob *job)
{
  GHashTable *jobs = wd_retry_is_guarded (job)
                       ? g_hash_table_lookup (sight->under_way, job->job_type) : NULL;
  const WdJob *other = jobs != NULL ? g_hash_table_lookup (jobs, job->wallet_address) : NULL;

  return other != NULL && g_strcmp0 (other->id, job->id) != 0 ? other : NULL;
}

static void
index_under_way (Sight *sight, const WdOutlook *outlook)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  sight->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) g_hash_table_unref);
  for (gsize i = 0; outlook != NULL && i < n_types; i++)
    g_hash_table_insert (sight->under_way, (gpointer) types[i].name,
                         wd_outlook_index_under_way (outlook, types[i].name));
}

/* Of several jobs of a type for a wallet the newest goes, as the retry has it. */
static void
find_newest (Sight *sight, GListModel *subjects, GHashTable *jobs)
{
  sight->newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (subjects, i);
      WdJob *job = g_hash_table_lookup (jobs, wd_subject_get_key (subject));
      g_autofree char *obstacle = NULL;
      g_autofree char *key = NULL;
      const WdJob *best;

      if (job == NULL || !wd_subject_is_open (subject) || !wd_retry_is_guarded (job)
          || find_other (sight, job) != NULL)
        continue;
      obstacle = find_obstacle (sight, job);
      key = wd_retry_dup_guard_key (job);
      best = g_hash_table_lookup (sight->newest, key);
      if (obstacle == NULL && (best == NULL || wd_retry_compare_newest (job, best) < 0))
        g_hash_table_insert (sight->newest, g_steal_pointer (&key), job);
    }
}

static void
warn_of_other (WdSubject *subject, const WdJob *other)
{
  g_autofree char *text = wd_trigger_text_under_way (other);

  wd_subject_warn (subject, text, _("Queue a second one"), other->id);
}

static void
update_subject (WdSubject *subject, const WdJob *job, const Sight *sight)
{
  g_autofree char *text = NULL;
  g_autofree char *obstacle = NULL;
  g_autofree char *key = NULL;
  const WdJob *other, *newest;

  if (job == NULL)
    {
      wd_subject_warn (subject, _("Left out: there is no such job any more"), NULL, NULL);
      return;
    }
  text = wd_retry_text_job (job);
  wd_subject_describe (subject, text, NULL);
  obstacle = find_obstacle (sight, job);
  other = find_other (sight, job);
  key = wd_retry_is_guarded (job) ? wd_retry_dup_guard_key (job) : NULL;
  newest = key != NULL ? g_hash_table_lookup (sight->newest, key) : NULL;
  if (obstacle != NULL)
    wd_subject_warn (subject, obstacle, NULL, NULL);
  else if (other != NULL)
    warn_of_other (subject, other);
  else if (newest != NULL && newest != job)
    wd_subject_warn (subject, _("A newer one for this wallet is retried"),
                     _("Queue a second one"), newest->id);
  else
    wd_subject_warn (subject, NULL, NULL, NULL);
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
 * @outlook: (nullable): on the wallets of wd_retry_subjects_dup_wallets()
 * @detail: (nullable): the only one, where there is one, with what its queue holds of it
 * @reset: whether retry counts would be reset
 * @profile: their connection
 *
 * Says of each what the job is, and what speaks against retrying it.
 */
void
wd_retry_subjects_update (GListModel *subjects, GHashTable *jobs, const WdOutlook *outlook,
                          const WdJobDetail *detail, gboolean reset, const WdProfile *profile)
{
  Sight sight = { .detail = detail, .reset = reset, .profile = profile };

  index_under_way (&sight, outlook);
  find_newest (&sight, subjects, jobs);
  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (subjects, i);
      const WdJob *job = g_hash_table_lookup (jobs, wd_subject_get_key (subject));

      if (wd_subject_is_open (subject))
        update_subject (subject, job, &sight);
      else
        settle_unknown (subject, job);
    }
  g_hash_table_unref (sight.newest);
  g_hash_table_unref (sight.under_way);
}

/**
 * wd_retry_subjects_dup_wallets:
 * @jobs: (element-type utf8 WdJob): rows
 *
 * Returns: (transfer full) (array zero-terminated=1): the wallets, each once, for which one of the
 *   jobs is enough; perhaps none
 */
char **
wd_retry_subjects_dup_wallets (GHashTable *jobs)
{
  g_autoptr (GHashTable) wallets = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char **addresses = NULL;
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    if (wd_retry_is_guarded (job))
      g_hash_table_add (wallets, ((WdJob *) job)->wallet_address);
  addresses = (char **) g_hash_table_get_keys_as_array (wallets, NULL);
  return g_strdupv (addresses);
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

static void
add_batches (WdActionRun *run, GPtrArray *subjects, gboolean reset, gboolean force)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint n_ids = 0;

  for (guint i = 0; i <= subjects->len; i++)
    {
      if (n_ids > 0 && (i == subjects->len || n_ids == WD_ACTION_RUN_BATCH))
        {
          WdRetryRequest *request = wd_retry_request_new ();

          request->ids = g_strv_builder_end (ids);
          request->reset = reset;
          request->force = force;
          wd_action_run_add_retry (run, request);
          n_ids = 0;
        }
      if (i == subjects->len || wd_subject_is_accepted (subjects->pdata[i]) != force)
        continue;
      g_strv_builder_add (ids, wd_subject_get_key (subjects->pdata[i]));
      n_ids++;
    }
}

/**
 * wd_retry_subjects_add_requests:
 * @subjects: (element-type WdSubject): what is to be done
 * @run: a run not yet started, which gets the requests
 * @reset: whether retry counts are reset
 *
 * Force is asked for those jobs alone that were ticked.
 */
void
wd_retry_subjects_add_requests (GPtrArray *subjects, WdActionRun *run, gboolean reset)
{
  add_batches (run, subjects, reset, FALSE);
  add_batches (run, subjects, reset, TRUE);
}
