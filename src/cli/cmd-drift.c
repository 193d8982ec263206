/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-settled.h"
#include "wire/wd-wire-drift.h"

static char *
join_remedies (guint remedies)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint bit = 1; bit <= WD_DRIFT_REMOVE; bit <<= 1)
    if (remedies & bit)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", wd_drift_remedy_word (bit));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_items (WdCliContext *context, const WdDriftReport *report)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("ID"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("KIND"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ROW"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("QUEUE SAYS"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WALLET"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("SINCE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("REMEDIES"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WHAT IS KNOWN"), WD_CLI_LEFT);
  for (guint i = 0; i < report->items->len; i++)
    {
      const WdDrift *drift = report->items->pdata[i];

      wd_cli_table_add (table, drift->id);
      wd_cli_table_add (table, wd_drift_kind_word (drift->kind));
      wd_cli_table_add (table, drift->row_status);
      wd_cli_table_add (table, drift->queue_state);
      wd_cli_table_add (table, drift->wallet_address);
      wd_cli_table_take (table, wd_cli_format_when (context, drift->since));
      wd_cli_table_take (table, join_remedies (drift->remedies));
      wd_cli_table_add (table, drift->explanation);
    }
  wd_cli_print_table (context, table);
}

static void
print_report (WdCliContext *context, const WdDriftReport *report)
{
  gint64 total = wd_drift_report_total (report);

  if (report->items->len > 0)
    print_items (context, report);
  for (WdDriftKind kind = 0; kind < WD_N_DRIFTS; kind++)
    {
      gint64 n = wd_drift_report_count (report, kind);

      if (n > WD_DRIFT_MOST_ITEMS)
        wd_cli_message (_("%s: these are the %d oldest of %ld"), wd_drift_kind_word (kind),
                        WD_DRIFT_MOST_ITEMS, (glong) n);
    }
  for (char **note = report->notes; *note != NULL; note++)
    wd_cli_message ("%s", *note);
  if (total == 0)
    wd_cli_message (_("Rows and queues agree: %ld jobs and %ld unfinished rows were compared"),
                    (glong) report->n_jobs, (glong) report->n_rows);
  else
    wd_cli_message (ngettext ("%ld disagreement; %ld jobs and %ld unfinished rows were compared",
                              "%ld disagreements; %ld jobs and %ld unfinished rows were compared",
                              (gulong) total), (glong) total, (glong) report->n_jobs,
                    (glong) report->n_rows);
}

/**
 * wd_cmd_drift_check:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 *
 * That something is found is no failure.
 */
gboolean
wd_cmd_drift_check (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdDriftReport) report = NULL;

  wd_backend_check_drift_async (context->backend, NULL, NULL, context->cancellable, wd_answer_cb,
                                &result);
  report = wd_backend_check_drift_finish (context->backend, wd_answer_wait (&result), error);
  if (report == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_drift_members (context->json, report);
  else
    print_report (context, report);
  return TRUE;
}

/**
 * wd_cmd_drift_fix:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; that of a finding left where there is one
 */
gboolean
wd_cmd_drift_fix (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *const *operands = wd_cli_arguments_get_operands (arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdDriftFix) fix = wd_drift_fix_new ();
  g_autoptr (WdOutboxReport) report = NULL;

  if (!wd_drift_remedy_from_word (operands[0], &fix->remedy))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("There is no remedy “%s”"),
                   operands[0]);
      return FALSE;
    }
  fix->ids = g_strdupv ((char **) operands + 1);
  fix->may_run_twice = wd_cli_arguments_has (arguments, "may-run-twice");
  wd_backend_fix_drift_async (context->backend, fix, context->cancellable, wd_answer_cb,
                              &result);
  report = wd_backend_fix_drift_finish (context->backend, wd_answer_wait (&result), error);
  return report != NULL && wd_cli_report_settled (context, "done", _("done"), report, error);
}
