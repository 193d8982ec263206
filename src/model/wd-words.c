/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-words.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"

typedef struct {
  const char *word;
  const char *label;
  int value;
} Word;

static const Word statuses[] = {
  { "pending", NC_("job status", "Pending"), WD_JOB_STATUS_PENDING },
  { "active", NC_("job status", "Active"), WD_JOB_STATUS_ACTIVE },
  { "processing", NC_("job status", "Active"), WD_JOB_STATUS_ACTIVE },
  { "completed", NC_("job status", "Completed"), WD_JOB_STATUS_COMPLETED },
  { "failed", NC_("job status", "Failed"), WD_JOB_STATUS_FAILED },
  { "retrying", NC_("job status", "Retrying"), WD_JOB_STATUS_RETRYING },
  { "cancelled", NC_("job status", "Cancelled"), WD_JOB_STATUS_CANCELLED },
};

static const Word triggers[] = {
  { "system", NC_("trigger source", "System"), 0 },
  { "manual", NC_("trigger source", "Manual"), 0 },
  { "deposit", NC_("trigger source", "Deposit"), 0 },
  { "schedule", NC_("trigger source", "Schedule"), 0 },
};

static const Word worker_statuses[] = {
  { "active", NC_("worker status", "Active"), WD_WORKER_STATUS_ACTIVE },
  { "idle", NC_("worker status", "Idle"), WD_WORKER_STATUS_IDLE },
  { "error", NC_("worker status", "Error"), WD_WORKER_STATUS_ERROR },
  { "stopped", NC_("worker status", "Stopped"), WD_WORKER_STATUS_STOPPED },
};

/* Titles are written large, words of a sentence small. */
static char *
as_in_text (const char *label)
{
  g_autofree char *visible = wd_format_visible (label, 64);

  return g_utf8_strdown (visible, -1);
}

static const Word *
find_word (const Word *words, gsize n_words, const char *word)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      return &words[i];
  return NULL;
}

/**
 * wd_job_status_from_string:
 * @word: (nullable): from `job_logs.status`
 *
 * Returns: what it means
 */
WdJobStatus
wd_job_status_from_string (const char *word)
{
  const Word *known = find_word (statuses, G_N_ELEMENTS (statuses), word);

  return known != NULL ? (WdJobStatus) known->value : WD_JOB_STATUS_OTHER;
}

/**
 * wd_job_status_label:
 * @word: from `job_logs.status`
 *
 * Returns: (transfer none): its translated name, or @word itself where it is not one of ours
 */
const char *
wd_job_status_label (const char *word)
{
  const Word *known = find_word (statuses, G_N_ELEMENTS (statuses), word);

  return known != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "job status", known->label) : word;
}

/**
 * wd_job_status_in_text:
 * @word: from `job_logs.status`
 *
 * Returns: (transfer full): its name as it stands within a sentence
 */
char *
wd_job_status_in_text (const char *word)
{
  return as_in_text (wd_job_status_label (word));
}

/**
 * wd_job_status_words:
 *
 * Returns: (transfer none) (array zero-terminated=1): those of job_logs, in the order of a job's
 * life
 */
const char *const *
wd_job_status_words (void)
{
  static const char *const words[] = {
    "pending", "active", "retrying", "completed", "failed", NULL,
  };

  return words;
}

/**
 * wd_trigger_words:
 *
 * Returns: (transfer none) (array zero-terminated=1): what can have triggered a job
 */
const char *const *
wd_trigger_words (void)
{
  static const char *const words[] = { "system", "manual", "deposit", "schedule", NULL };

  return words;
}

/**
 * wd_trigger_label:
 * @word: from `job_logs.triggered_by`
 *
 * Returns: (transfer none): its translated name, or @word itself where it is not one of ours
 */
const char *
wd_trigger_label (const char *word)
{
  const Word *known = find_word (triggers, G_N_ELEMENTS (triggers), word);

  return known != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "trigger source", known->label) : word;
}

/**
 * wd_queue_state_words:
 *
 * Returns: (transfer none) (array zero-terminated=1): the states that a job in its queue can be in,
 *   in the order shown
 */
const char *const *
wd_queue_state_words (void)
{
  static const char *const words[] = {
    "waiting", "active", "prioritized", "delayed", "waiting-children", "failed", "completed", NULL,
  };

  return words;
}

/**
 * wd_queue_state_label:
 * @state: of a job in its queue, in BullMQ's words, `unknown` or `orphan`
 *
 * Returns: (transfer none): its translated name, or @state itself where it is none of these
 */
const char *
wd_queue_state_label (const char *state)
{
  static const char *const states[][2] = {
    { "waiting", NC_("queue state", "Waiting") },
    { "prioritized", NC_("queue state", "Waiting by priority") },
    { "delayed", NC_("queue state", "Delayed") },
    { "active", NC_("queue state", "Active") },
    { "completed", NC_("queue state", "Completed") },
    { "failed", NC_("queue state", "Failed") },
    { "waiting-children", NC_("queue state", "Waiting for its children") },
    { "unknown", NC_("queue state", "In no list of the queue") },
    { "orphan", NC_("queue state", "In no list of the queue") },
    { "unsure", NC_("queue state", "Waiting, or in no list of the queue") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i][0], state) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "queue state", states[i][1]);
  return state;
}

/**
 * wd_queue_state_in_text:
 * @state: as for wd_queue_state_label()
 *
 * Returns: (transfer full): its name as it stands within a sentence
 */
char *
wd_queue_state_in_text (const char *state)
{
  return as_in_text (wd_queue_state_label (state));
}

/**
 * wd_priority_from_string:
 * @word: `low`, `normal` or `high`
 * @priority: (out): the priority
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_priority_from_string (const char *word, WdPriority *priority, GError **error)
{
  static const Word priorities[] = {
    { "low", NULL, WD_PRIORITY_LOW },
    { "normal", NULL, WD_PRIORITY_NORMAL },
    { "high", NULL, WD_PRIORITY_HIGH },
  };
  const Word *known = find_word (priorities, G_N_ELEMENTS (priorities), word);

  if (known == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not a priority: use low, normal or high"), word);
      return FALSE;
    }
  *priority = known->value;
  return TRUE;
}

/**
 * wd_worker_status_word:
 * @status: a status
 *
 * Returns: (transfer none): the word of the statistics document
 */
const char *
wd_worker_status_word (WdWorkerStatus status)
{
  return worker_statuses[status].word;
}

/**
 * wd_worker_status_label:
 * @status: a status
 *
 * Returns: (transfer none): its translated name
 */
const char *
wd_worker_status_label (WdWorkerStatus status)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "worker status", worker_statuses[status].label);
}
