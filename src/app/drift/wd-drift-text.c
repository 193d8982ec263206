/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a remedy is called, what it does and does not do, and what came of it. */

#include "app/drift/wd-drift-text.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"

/* Reasons told in full. */
#define MOST_REASONS 5

/**
 * wd_drift_text_remedy:
 * @remedy: one of them
 *
 * Returns: (transfer none): what its button says
 */
const char *
wd_drift_text_remedy (WdDriftRemedy remedy)
{
  switch (remedy)
    {
    case WD_DRIFT_REQUEUE:
      return _("Queue Again…");
    case WD_DRIFT_MARK_FAILED:
      return _("Mark as Failed…");
    case WD_DRIFT_MARK_COMPLETED:
      return _("Mark as Completed…");
    case WD_DRIFT_MARK_CANCELLED:
      return _("Mark as Cancelled…");
    case WD_DRIFT_MARK_PENDING:
      return _("Mark as Pending…");
    case WD_DRIFT_WRITE_ROW:
      return _("Write the Row…");
    case WD_DRIFT_REMOVE:
    default:
      return _("Remove the Id…");
    }
}

/**
 * wd_drift_text_question:
 * @remedy: one of them
 * @n: for how many
 *
 * Returns: (transfer full): a heading
 */
char *
wd_drift_text_question (WdDriftRemedy remedy, guint n)
{
  g_autofree char *number = wd_text_count (n);

  switch (remedy)
    {
    case WD_DRIFT_REQUEUE:
      return g_strdup_printf (ngettext ("Queue %s lost job again?", "Queue %s lost jobs again?", n),
                              number);
    case WD_DRIFT_MARK_FAILED:
      return g_strdup_printf (ngettext ("Mark %s job as failed?", "Mark %s jobs as failed?", n),
                              number);
    case WD_DRIFT_MARK_COMPLETED:
      return g_strdup_printf (ngettext ("Mark %s job as completed?", "Mark %s jobs as completed?",
                                        n), number);
    case WD_DRIFT_MARK_CANCELLED:
      return g_strdup_printf (ngettext ("Mark %s job as cancelled?", "Mark %s jobs as cancelled?",
                                        n), number);
    case WD_DRIFT_MARK_PENDING:
      return g_strdup_printf (ngettext ("Mark %s job as pending?", "Mark %s jobs as pending?", n),
                              number);
    case WD_DRIFT_WRITE_ROW:
      return g_strdup_printf (ngettext ("Write the row of %s job?", "Write the rows of %s jobs?",
                                        n), number);
    case WD_DRIFT_REMOVE:
    default:
      return g_strdup_printf (ngettext ("Remove %s id from its queue?",
                                        "Remove %s ids from their queues?", n), number);
    }
}

static char *
describe_requeue (guint n, guint n_unproven)
{
  const char *how = _("Each is added to its queue once, with the same row and the same id; one "
                      "that is there again by then, or that the queue’s events call completed, is "
                      "left.");
  g_autofree char *number = wd_text_count (n_unproven);

  if (n_unproven == 0)
    return g_strdup_printf ("%s %s", how, _("The events show that none of them ran."));
  return g_strdup_printf (
    ngettext ("Nothing proves that %s of them did not run: queued again, it may pay twice. Look "
              "at the chain first. %s",
              "Nothing proves that %s of them did not run: queued again, they may pay twice. Look "
              "at the chain first. %s", n_unproven), number, how);
}

/**
 * wd_drift_text_consequences:
 * @remedy: one of them
 * @n: for how many
 * @n_unproven: of lost jobs: how many may have run
 *
 * Returns: (transfer full): what will and what will not happen
 */
char *
wd_drift_text_consequences (WdDriftRemedy remedy, guint n, guint n_unproven)
{
  switch (remedy)
    {
    case WD_DRIFT_REQUEUE:
      return describe_requeue (n, n_unproven);
    case WD_DRIFT_MARK_FAILED:
      return g_strdup (_("Only the row changes. Nothing is queued, and nothing is taken from a "
                         "queue. As a failed job it can be retried."));
    case WD_DRIFT_MARK_COMPLETED:
    case WD_DRIFT_MARK_CANCELLED:
      return g_strdup (_("Only the row changes. Nothing is queued, and nothing is taken from a "
                         "queue. It no longer stands in the way of another job for the wallet."));
    case WD_DRIFT_MARK_PENDING:
      return g_strdup (_("Only the row changes, to what its queue says: the job waits and will "
                         "run. To keep it from running, pause the queue first."));
    case WD_DRIFT_WRITE_ROW:
      return g_strdup (_("A row is written from what the queue knows. The job is left alone and "
                         "runs as before. Workers that write rows of their own when they begin "
                         "will find one."));
    case WD_DRIFT_REMOVE:
    default:
      return g_strdup (_("An id without a record is taken out of its queue. Of a job that stands "
                         "in several places one stays: where it runs, else where it ended, else "
                         "where it runs next. No record and no row is removed."));
    }
}

/**
 * wd_drift_text_result:
 * @report: what was done and left
 *
 * Returns: (transfer full): all of it, several lines
 */
char *
wd_drift_text_result (const WdOutboxReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *done = wd_text_count (report->done->len);
  g_autofree char *left = wd_text_count (report->left->len);

  g_string_append_printf (text, ngettext ("%s was done.", "%s were done.", report->done->len),
                          done);
  if (report->left->len > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%s was left:", "%s were left:", report->left->len),
                              left);
    }
  for (guint i = 0; i < MIN (report->left->len, MOST_REASONS); i++)
    {
      const WdRefusal *refusal = report->left->pdata[i];
      g_autofree char *subject = wd_format_visible (refusal->subject, 128);
      g_autofree char *reason = wd_format_visible (refusal->error->message, 512);

      g_string_append_printf (text, "\n\n%s\n%s", subject, reason);
    }
  if (report->left->len > MOST_REASONS)
    g_string_append (text, "\n\n…");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wd_drift_text_compared:
 * @n_jobs: how many jobs in queues
 * @n_rows: how many rows
 *
 * Returns: (transfer full): both, in a few words
 */
char *
wd_drift_text_compared (gint64 n_jobs, gint64 n_rows)
{
  g_autofree char *jobs_number = wd_text_count (n_jobs);
  g_autofree char *rows_number = wd_text_count (n_rows);
  g_autofree char *jobs = g_strdup_printf (ngettext ("%s job in the queues",
                                                     "%s jobs in the queues", (gulong) n_jobs),
                                           jobs_number);
  g_autofree char *rows = g_strdup_printf (ngettext ("%s unfinished row", "%s unfinished rows",
                                                     (gulong) n_rows), rows_number);

  /* TRANSLATORS: jobs in queues, then rows, that were compared */
  return g_strdup_printf (_("%s and %s compared"), jobs, rows);
}
