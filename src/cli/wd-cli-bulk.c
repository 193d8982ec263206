/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-bulk.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "wire/wd-wire-bulk.h"

static void
print_not_asked (WdCliContext *context, const WdBulkRun *run)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, run->not_asked);
  g_autofree char *text = wd_bulk_run_describe_not_asked (run, number);

  if (text != NULL && run->state == WD_BULK_FROZEN)
    g_string_append_printf (context->out, "  %s\n", text);
}

static void
print_preview (WdCliContext *context, const WdBulkRun *run)
{
  if (run->request->operation == WD_BULK_SET_FLAGS && run->state == WD_BULK_FROZEN)
    wd_cli_message (_("Workers that look at these flags act upon them. There is no undo: the audit "
                      "trail keeps what each wallet was before"));
  for (guint i = 0; run->counts != NULL && i < run->counts->len; i++)
    {
      const WdBulkCount *count = run->counts->pdata[i];

      g_string_append_printf (context->out, "  %s, %s: %" G_GINT64_FORMAT "\n",
                              count->job_type != NULL ? count->job_type : "—",
                              count->network != NULL ? count->network : "—", count->n);
    }
  for (guint i = 0; run->forecast != NULL && run->state == WD_BULK_FROZEN
                    && i < run->forecast->len; i++)
    {
      const WdBulkForecast *forecast = run->forecast->pdata[i];

      g_string_append_printf (context->out, "  ");
      g_string_append_printf (context->out,
                              ngettext ("%ld will be refused: %s", "%ld will be refused: %s",
                                        (gulong) forecast->n), (glong) forecast->n,
                              forecast->reason);
      g_string_append_c (context->out, '\n');
    }
  print_not_asked (context, run);
}

static void
print_run (WdCliContext *context, const WdBulkRun *run)
{
  guint n_told = run->refusals != NULL ? run->refusals->len : 0;

  g_string_append_printf (context->out, "%s  %s  %s\n", run->id,
                          wd_bulk_operation_word (run->request->operation),
                          wd_bulk_state_word (run->state));
  print_preview (context, run);
  g_string_append_printf (context->out, _("%ld of %ld done, %ld refused"), (glong) run->done,
                          (glong) run->total, (glong) run->refused);
  g_string_append_c (context->out, '\n');
  if (run->undelivered > 0 && !run->is_running)
    wd_cli_message (ngettext ("%ld of them is promised and not known to be queued yet: see “wdctl "
                              "outbox list”",
                              "%ld of them are promised and not known to be queued yet: see “wdctl "
                              "outbox list”", (gulong) run->undelivered),
                    (glong) run->undelivered);
  for (guint i = 0; i < n_told; i++)
    {
      const WdRefusal *refusal = run->refusals->pdata[i];

      wd_cli_message ("%s: %s", refusal->subject, refusal->error->message);
    }
  if (run->refusals != NULL && n_told < run->refused)
    wd_cli_message (_("These are the first %u of %ld: “wdctl bulk report %s” has them all"), n_told,
                    (glong) run->refused, run->id);
}

/**
 * wd_cli_report_bulk:
 * @context: the context
 * @answer: (transfer full) (nullable): a run; %NULL after an error
 *
 * Writes what is known of it.
 *
 * Returns: whether there is one
 */
gboolean
wd_cli_report_bulk (WdCliContext *context, WdBulkRun *answer)
{
  g_autoptr (WdBulkRun) run = answer;

  if (run == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_bulk_members (context->json, run);
  else
    print_run (context, run);
  return TRUE;
}
