/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-audit-action.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *word;
  const char *label;
  gboolean failure;
  const char *doubt;  /* (nullable): the word for where it is not known */
} actions[] = {
  { WD_AUDIT_DISPATCH, NC_("audited action", "Job triggered"), FALSE },
  { WD_AUDIT_RETRY, NC_("audited action", "Job retried"), FALSE },
  /* TRANSLATORS: a queue did not take a job that was triggered or retried */
  { WD_AUDIT_REFUSED, NC_("audited action", "Refused by queue"), TRUE },
  /* TRANSLATORS: a job that was to be retried turned out to be completed */
  { WD_AUDIT_FOUND_COMPLETED, NC_("audited action", "Found completed"), TRUE },
  { WD_AUDIT_SEND, NC_("audited action", "Sending ordered"), FALSE },
  { WD_AUDIT_NOT_SENT, NC_("audited action", "Not sent"), TRUE },
  { WD_AUDIT_DISCARD, NC_("audited action", "Job discarded"), FALSE },
  /* TRANSLATORS: somebody had discarded a job, and its row was set right only now */
  { WD_AUDIT_FOUND_DISCARDED, NC_("audited action", "Found discarded"), FALSE },
  { WD_AUDIT_SET_FLAGS, NC_("audited action", "Flags set"), FALSE },
  { WD_AUDIT_PAUSE, NC_("audited action", "Queue paused"), FALSE },
  { WD_AUDIT_NOT_PAUSED, NC_("audited action", "Pausing failed"), TRUE, WD_AUDIT_PERHAPS_PAUSED },
  /* TRANSLATORS: it is not known whether that was done, since the answer was lost */
  { WD_AUDIT_PERHAPS_PAUSED, NC_("audited action", "Perhaps paused"), TRUE },
  { WD_AUDIT_RESUME, NC_("audited action", "Queue resumed"), FALSE },
  { WD_AUDIT_NOT_RESUMED, NC_("audited action", "Resuming failed"), TRUE,
    WD_AUDIT_PERHAPS_RESUMED },
  /* TRANSLATORS: it is not known whether that was done, since the answer was lost */
  { WD_AUDIT_PERHAPS_RESUMED, NC_("audited action", "Perhaps resumed"), TRUE },
  /* TRANSLATORS: a job that its queue had lost was queued again */
  { WD_AUDIT_REQUEUE, NC_("audited action", "Job queued again"), FALSE },
  /* TRANSLATORS: the row of a job was made to say what an admin knows of it */
  { WD_AUDIT_MARK, NC_("audited action", "Job marked"), FALSE },
  /* TRANSLATORS: a job had no row, and was given one */
  { WD_AUDIT_WRITE_ROW, NC_("audited action", "Row written"), FALSE },
  /* TRANSLATORS: an id without a record, or one that stood there twice, was taken out of a queue */
  { WD_AUDIT_REMOVE_ID, NC_("audited action", "Id removed from queue"), FALSE },
  { WD_AUDIT_NOT_REMOVED, NC_("audited action", "Removing failed"), TRUE,
    WD_AUDIT_PERHAPS_REMOVED },
  /* TRANSLATORS: it is not known whether that was done, since the answer was lost */
  { WD_AUDIT_PERHAPS_REMOVED, NC_("audited action", "Perhaps removed"), TRUE },
  /* TRANSLATORS: delayed jobs were made to run now */
  { WD_AUDIT_PROMOTE, NC_("audited action", "Promotion ordered"), FALSE },
  /* TRANSLATORS: a queue was made to forget jobs that had ended */
  { WD_AUDIT_CLEAN, NC_("audited action", "Cleaning ordered"), FALSE },
  /* TRANSLATORS: all waiting jobs were to be taken out of a queue */
  { WD_AUDIT_DRAIN, NC_("audited action", "Draining ordered"), FALSE },
  { WD_AUDIT_REMOVE_JOB, NC_("audited action", "Job removed from queue"), FALSE },
  { WD_AUDIT_UNSCHEDULE, NC_("audited action", "Scheduler removed"), FALSE },
  /* TRANSLATORS: how many jobs of a queue run at once, or begin in a time, was set */
  { WD_AUDIT_LIMIT, NC_("audited action", "Queue limited"), FALSE },
  { WD_AUDIT_NOT_LIMITED, NC_("audited action", "Limiting failed"), TRUE,
    WD_AUDIT_PERHAPS_LIMITED },
  /* TRANSLATORS: it is not known whether that was done, since the answer was lost */
  { WD_AUDIT_PERHAPS_LIMITED, NC_("audited action", "Perhaps limited"), TRUE },
  /* TRANSLATORS: somebody let a bulk run begin, or go on */
  { WD_AUDIT_RUN_BULK, NC_("audited action", "Bulk run started"), FALSE },
  { WD_AUDIT_STOP_BULK, NC_("audited action", "Bulk run paused"), FALSE },
  { WD_AUDIT_DISCARD_BULK, NC_("audited action", "Bulk run discarded"), FALSE },
  { WD_AUDIT_SET_SETTING, NC_("audited action", "Setting made"), FALSE },
  { WD_AUDIT_MIGRATE, NC_("audited action", "Migrated"), FALSE },
  /* TRANSLATORS: a right to ask the service was given to somebody, or taken back */
  { WD_AUDIT_CREATE_TOKEN, NC_("audited action", "Token made"), FALSE },
  { WD_AUDIT_REVOKE_TOKEN, NC_("audited action", "Token revoked"), FALSE },
};

static gssize
find_action (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].word, word) == 0)
      return (gssize) i;
  return -1;
}

/**
 * wd_audit_action_words:
 *
 * Returns: (transfer none) (array zero-terminated=1): all words, in the order shown
 */
const char *const *
wd_audit_action_words (void)
{
  static const char *words[G_N_ELEMENTS (actions) + 1];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
        words[i] = actions[i].word;
      g_once_init_leave (&ready, 1);
    }
  return words;
}

/**
 * wd_audit_action_label:
 * @word: from `audit.action`
 *
 * Returns: (transfer none): its translated name, or @word itself where it is not one of ours
 */
const char *
wd_audit_action_label (const char *word)
{
  gssize i = find_action (word);

  return i >= 0 ? g_dpgettext2 (GETTEXT_PACKAGE, "audited action", actions[i].label) : word;
}

/**
 * wd_audit_action_is_failure:
 * @word: from `audit.action`
 *
 * Returns: whether it says that something ordered was not done, or is not known to be
 */
gboolean
wd_audit_action_is_failure (const char *word)
{
  gssize i = find_action (word);

  return i >= 0 && actions[i].failure;
}

/**
 * wd_audit_action_in_doubt:
 * @word: says that something was not done
 *
 * Returns: (transfer none): what says that it is not known whether it was; @word itself where there
 *   is no such word
 */
const char *
wd_audit_action_in_doubt (const char *word)
{
  gssize i = find_action (word);

  return i >= 0 && actions[i].doubt != NULL ? actions[i].doubt : word;
}
