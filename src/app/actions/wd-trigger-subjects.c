/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The wallets that the "Trigger Job" dialog is about: what the outlook says of each, and the
 * requests that queue jobs for them. */

#include "app/actions/wd-trigger-subjects.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-trigger-text.h"
#include "app/common/wd-text.h"

/* So few stand in the order they were chosen in; of more, those with a problem come first. */
#define SORT_ABOVE 5

static GHashTable *
index_wallets (const WdOutlook *outlook)
{
  GHashTable *wallets = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; outlook != NULL && i < outlook->wallets->len; i++)
    {
      WdWallet *wallet = outlook->wallets->pdata[i];

      g_hash_table_insert (wallets, wallet->address, wallet);
    }
  return wallets;
}

/* A job that was not there before the request whose end is not known is that request's; but for one
 * that is named with the doubt, which a person decides. */
static void
settle_unknown (WdSubject *subject, const WdJob *job)
{
  if (wd_subject_get_state (subject) == WD_SUBJECT_UNKNOWN && job != NULL
      && g_strcmp0 (job->id, wd_subject_get_job (subject)) != 0
      && g_strcmp0 (job->id, wd_subject_get_outcome_job (subject)) != 0)
    wd_subject_settle (subject, WD_SUBJECT_DONE, _("It was written after all"), job->id);
}

static void
update_subject (WdSubject *subject, const WdWallet *wallet, const WdJob *job)
{
  g_autofree char *subtitle = wallet != NULL ? wd_trigger_text_wallet (wallet) : NULL;
  g_autofree char *balance = wallet != NULL && wallet->balance != NULL
                               ? wd_text_amount (wallet->balance) : NULL;

  wd_subject_describe (subject, subtitle, balance);
  settle_unknown (subject, job);
  if (!wd_subject_is_open (subject))
    return;
  if (job != NULL)
    {
      g_autofree char *text = wd_trigger_text_under_way (job);

      wd_subject_warn (subject, text, _("Queue a second one"), job->id);
    }
  else if (wallet == NULL)
    wd_subject_warn (subject, _("The database has no wallet with this address"),
                     _("Queue it all the same"), NULL);
  else
    wd_subject_warn (subject, NULL, NULL, NULL);
}

/**
 * wd_trigger_subjects_update:
 * @subjects: of #WdSubject, each with the address of a wallet for its key
 * @outlook: (nullable): on those wallets
 * @type: (nullable): the kind of job that is about to be queued
 *
 * Says of each who the wallet is, and what speaks against queueing such a job for it.
 */
void
wd_trigger_subjects_update (GListModel *subjects, const WdOutlook *outlook, const WdJobType *type)
{
  guint n = g_list_model_get_n_items (subjects);
  g_autoptr (GHashTable) wallets = index_wallets (outlook);
  g_autoptr (GHashTable) jobs = type != NULL && outlook != NULL
                                  ? wd_outlook_index_under_way (outlook, type->name)
                                  : g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (subjects, i);
      const char *address = wd_subject_get_key (subject);

      update_subject (subject, g_hash_table_lookup (wallets, address),
                      g_hash_table_lookup (jobs, address));
    }
}

static int
compare_subjects (gconstpointer a, gconstpointer b, gpointer data)
{
  gboolean first = wd_subject_get_warning ((WdSubject *) a) != NULL;
  gboolean second = wd_subject_get_warning ((WdSubject *) b) != NULL;

  return second - first;
}

/**
 * wd_trigger_subjects_sort:
 * @subjects: of #WdSubject
 *
 * Of many, those with a problem come first; few stay in the order they were chosen in.
 */
void
wd_trigger_subjects_sort (GListStore *subjects)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (subjects)) > SORT_ABOVE)
    g_list_store_sort (subjects, compare_subjects, NULL);
}

/**
 * wd_trigger_subjects_dup_addresses:
 * @subjects: of #WdSubject
 *
 * Returns: (transfer full) (array zero-terminated=1): the address of each
 */
char **
wd_trigger_subjects_dup_addresses (GListModel *subjects)
{
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (subjects, i);

      g_strv_builder_add (addresses, wd_subject_get_key (subject));
    }
  return g_strv_builder_end (addresses);
}

static void
add_batches (WdActionRun *run, GPtrArray *subjects, const WdJobType *type, WdPriority priority,
             gboolean force)
{
  g_autoptr (GStrvBuilder) wallets = g_strv_builder_new ();
  guint n_wallets = 0;

  for (guint i = 0; i <= subjects->len; i++)
    {
      if (n_wallets > 0 && (i == subjects->len || n_wallets == WD_ACTION_RUN_BATCH))
        {
          WdDispatchRequest *request = wd_dispatch_request_new (type->name);

          request->wallets = g_strv_builder_end (wallets);
          request->priority = priority;
          request->force = force;
          wd_action_run_add_dispatch (run, request);
          n_wallets = 0;
        }
      if (i == subjects->len || wd_subject_is_accepted (subjects->pdata[i]) != force)
        continue;
      g_strv_builder_add (wallets, wd_subject_get_key (subjects->pdata[i]));
      n_wallets++;
    }
}

/**
 * wd_trigger_subjects_add_requests:
 * @subjects: (element-type WdSubject): what is to be done
 * @run: a run not yet started, which gets the requests
 * @type: the kind of job to queue
 * @priority: of the jobs
 *
 * Force is asked for those wallets alone that were ticked.
 */
void
wd_trigger_subjects_add_requests (GPtrArray *subjects, WdActionRun *run, const WdJobType *type,
                                  WdPriority priority)
{
  add_batches (run, subjects, type, priority, FALSE);
  add_batches (run, subjects, type, priority, TRUE);
}
