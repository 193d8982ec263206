/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-drift.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *word;
  const char *label;
  const char *meaning;
} kinds[WD_N_DRIFTS] = {
  [WD_DRIFT_LOST] = { "lost", NC_("drift", "Lost"),
    N_("The row says that the job waits or runs, but its queue does not hold it: it will not run "
       "by itself.") },
  [WD_DRIFT_UNLOGGED] = { "unlogged", NC_("drift", "Not logged"),
    N_("The queue holds a job that has no row: no list and no count shows it.") },
  [WD_DRIFT_STATES] = { "state-differs", NC_("drift", "States differ"),
    N_("The row and the queue say different things of the job.") },
  [WD_DRIFT_ORPHAN] = { "orphan", NC_("drift", "Orphan id"),
    N_("An id stands in the queue, but its record is gone: a worker would run it as a job without "
       "a name and without data.") },
  [WD_DRIFT_DUPLICATE] = { "duplicate", NC_("drift", "Duplicate"),
    N_("One job stands in several places, or several rows tell of one job: it could run more than "
       "once.") },
};

static const struct {
  WdDriftRemedy remedy;
  const char *word;
} remedies[] = {
  { WD_DRIFT_REQUEUE, "requeue" },
  { WD_DRIFT_MARK_FAILED, "mark-failed" },
  { WD_DRIFT_MARK_COMPLETED, "mark-completed" },
  { WD_DRIFT_MARK_CANCELLED, "mark-cancelled" },
  { WD_DRIFT_MARK_PENDING, "mark-pending" },
  { WD_DRIFT_WRITE_ROW, "write-row" },
  { WD_DRIFT_REMOVE, "remove" },
};

static void
wd_drift_clear (gpointer data)
{
  WdDrift *self = data;

  g_free (self->id);
  g_free (self->queue);
  g_free (self->queue_id);
  g_free (self->job_log_id);
  g_free (self->job_id);
  g_free (self->job_type);
  g_free (self->wallet_address);
  g_free (self->row_status);
  g_free (self->queue_state);
  g_free (self->explanation);
}

WD_DEFINE_RECORD (WdDrift, wd_drift, wd_drift_clear)

static void
count_free (gpointer data)
{
  WdDriftCount *count = data;

  g_free (count->job_type);
  g_free (count);
}

static void
wd_drift_report_clear (gpointer data)
{
  WdDriftReport *self = data;

  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_strfreev (self->notes);
}

WD_DEFINE_RECORD (WdDriftReport, wd_drift_report, wd_drift_report_clear)

static void
wd_drift_fix_clear (gpointer data)
{
  g_strfreev (((WdDriftFix *) data)->ids);
}

WD_DEFINE_RECORD (WdDriftFix, wd_drift_fix, wd_drift_fix_clear)

/**
 * wd_drift_fix_copy:
 * @self: a remedy
 *
 * Returns: (transfer full): another one
 */
WdDriftFix *
wd_drift_fix_copy (const WdDriftFix *self)
{
  WdDriftFix *copy = wd_drift_fix_new ();

  copy->remedy = self->remedy;
  copy->ids = g_strdupv (self->ids);
  copy->may_run_twice = self->may_run_twice;
  return copy;
}

/**
 * wd_drift_report_create:
 *
 * Returns: (transfer full): a report without findings, to be filled
 */
WdDriftReport *
wd_drift_report_create (void)
{
  WdDriftReport *self = wd_drift_report_new ();

  self->counts = g_ptr_array_new_with_free_func (count_free);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_drift_unref);
  self->checked_at = WD_TIME_NONE;
  self->notes = g_new0 (char *, 1);
  return self;
}

static WdTime
earlier (WdTime a, WdTime b)
{
  if (a == WD_TIME_NONE || b == WD_TIME_NONE)
    return a == WD_TIME_NONE ? b : a;
  return MIN (a, b);
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const WdDriftCount *one = *(WdDriftCount *const *) a;
  const WdDriftCount *other = *(WdDriftCount *const *) b;

  return one->kind != other->kind ? (int) one->kind - (int) other->kind
                                  : g_strcmp0 (one->job_type, other->job_type);
}

/**
 * wd_drift_report_tally:
 * @self: a report that is not published yet
 * @kind: what is wrong
 * @job_type: (nullable): with a job of which type
 * @since: since when, or %WD_TIME_NONE
 *
 * Counts a finding, whether or not it becomes one of the items.
 */
void
wd_drift_report_tally (WdDriftReport *self, WdDriftKind kind, const char *job_type, WdTime since)
{
  WdDriftCount *count = NULL;

  for (guint i = 0; count == NULL && i < self->counts->len; i++)
    {
      WdDriftCount *known = self->counts->pdata[i];

      if (known->kind == kind && g_strcmp0 (known->job_type, job_type) == 0)
        count = known;
    }
  if (count == NULL)
    {
      count = g_new0 (WdDriftCount, 1);
      *count = (WdDriftCount) { kind, g_strdup (job_type), 0, WD_TIME_NONE };
      g_ptr_array_add (self->counts, count);
      g_ptr_array_sort (self->counts, compare_counts);
    }
  count->n++;
  count->oldest = earlier (count->oldest, since);
}

/**
 * wd_drift_report_count:
 * @self: a report
 * @kind: what is wrong
 *
 * Returns: how many of that kind there are
 */
gint64
wd_drift_report_count (const WdDriftReport *self, WdDriftKind kind)
{
  gint64 n = 0;

  for (guint i = 0; i < self->counts->len; i++)
    if (((const WdDriftCount *) self->counts->pdata[i])->kind == kind)
      n += ((const WdDriftCount *) self->counts->pdata[i])->n;
  return n;
}

/**
 * wd_drift_report_total:
 * @self: a report
 *
 * Returns: how many there are of all kinds
 */
gint64
wd_drift_report_total (const WdDriftReport *self)
{
  gint64 n = 0;

  for (guint i = 0; i < self->counts->len; i++)
    n += ((const WdDriftCount *) self->counts->pdata[i])->n;
  return n;
}

/**
 * wd_drift_report_oldest:
 * @self: a report
 * @kind: what is wrong
 *
 * Returns: since when the oldest of that kind may be so, or %WD_TIME_NONE
 */
WdTime
wd_drift_report_oldest (const WdDriftReport *self, WdDriftKind kind)
{
  WdTime oldest = WD_TIME_NONE;

  for (guint i = 0; i < self->counts->len; i++)
    if (((const WdDriftCount *) self->counts->pdata[i])->kind == kind)
      oldest = earlier (oldest, ((const WdDriftCount *) self->counts->pdata[i])->oldest);
  return oldest;
}

/**
 * wd_drift_kind_word:
 * @kind: what is wrong
 *
 * Returns: (transfer none): the word of documents
 */
const char *
wd_drift_kind_word (WdDriftKind kind)
{
  return kinds[kind].word;
}

/**
 * wd_drift_kind_label:
 * @kind: what is wrong
 *
 * Returns: (transfer none): its translated name
 */
const char *
wd_drift_kind_label (WdDriftKind kind)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "drift", kinds[kind].label);
}

/**
 * wd_drift_kind_meaning:
 * @kind: what is wrong
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
wd_drift_kind_meaning (WdDriftKind kind)
{
  return _(kinds[kind].meaning);
}

/**
 * wd_drift_remedy_word:
 * @remedy: one of them
 *
 * Returns: (transfer none): the word of commands
 */
const char *
wd_drift_remedy_word (WdDriftRemedy remedy)
{
  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (remedies[i].remedy == remedy)
      return remedies[i].word;
  return "";
}

/**
 * wd_drift_remedy_from_word:
 * @word: of a command
 * @remedy: (out): what it stands for
 *
 * Returns: whether there is such a word
 */
gboolean
wd_drift_remedy_from_word (const char *word, WdDriftRemedy *remedy)
{
  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (g_strcmp0 (remedies[i].word, word) == 0)
      {
        *remedy = remedies[i].remedy;
        return TRUE;
      }
  return FALSE;
}

/**
 * wd_queue_ran_word:
 * @ran: whether a job ran
 *
 * Returns: (transfer none): the word of documents
 */
const char *
wd_queue_ran_word (WdQueueRan ran)
{
  return ran == WD_QUEUE_RAN_NOT ? "no" : ran == WD_QUEUE_RAN_TO_ITS_END ? "yes" : "unknown";
}
