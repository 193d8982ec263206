/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "cli/wd-cli-retry.h"
#include "wire/wd-wire-bulk.h"

static void
print_preview (WdCliContext *context, const WdBulkRun *run)
{
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
  for (guint i = 0; i < n_told; i++)
    {
      const WdRefusal *refusal = run->refusals->pdata[i];

      wd_cli_message ("%s: %s", refusal->subject, refusal->error->message);
    }
  if (run->refusals != NULL && n_told < run->refused)
    wd_cli_message (_("These are the first %u of %ld: “wdctl bulk report %s” has them all"), n_told,
                    (glong) run->refused, run->id);
}

static gboolean
report (WdCliContext *context, WdBulkRun *answer)
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

/**
 * wd_cmd_bulk_retry:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_retry (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdRetryRequest) all = wd_cli_retry_all_request (arguments, error);
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_RETRY);
  g_autoptr (GAsyncResult) result = NULL;

  if (all == NULL)
    return FALSE;
  request->jobs = g_steal_pointer (&all->all_failed);
  request->reset = all->reset;
  wd_backend_freeze_bulk_async (context->backend, request, context->cancellable, wd_cli_done_cb,
                                &result);
  return report (context, wd_backend_freeze_bulk_finish (context->backend, wd_cli_wait (&result),
                                                         error));
}

/* What another try may do: not where there is no such run, it is done, or may not be run here. */
static gboolean
can_go_on (const GError *error)
{
  return !g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND)
         && !g_error_matches (error, WD_ERROR, WD_ERROR_REFUSED)
         && !g_error_matches (error, WD_ERROR, WD_ERROR_READ_ONLY)
         && !g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED);
}

static void
progress_cb (gint64 done, gint64 refused, gint64 total, gpointer data)
{
  wd_cli_message (_("%ld of %ld done, %ld refused"), (glong) done, (glong) total,
                  (glong) refused);
}

/**
 * wd_cmd_bulk_run:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_run (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *id = wd_cli_arguments_get_operands (arguments)[0];
  gboolean watched = isatty (STDERR_FILENO);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) problem = NULL;
  WdBulkRun *run;

  wd_backend_run_bulk_async (context->backend, id, watched ? progress_cb : NULL, NULL,
                             context->cancellable, wd_cli_done_cb, &result);
  run = wd_backend_run_bulk_finish (context->backend, wd_cli_wait (&result),
                                    &problem);
  if (run == NULL && can_go_on (problem))
    g_prefix_error (&problem, _("The bulk run is not done; go on with “wdctl bulk run %s”: "), id);
  if (run == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return report (context, run);
}

/**
 * wd_cmd_bulk_show:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_show (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_load_bulk_async (context->backend, wd_cli_arguments_get_operands (arguments)[0],
                              context->cancellable, wd_cli_done_cb, &result);
  return report (context, wd_backend_load_bulk_finish (context->backend, wd_cli_wait (&result),
                                                       error));
}

/**
 * wd_cmd_bulk_list:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_list (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  wd_backend_list_bulk_async (context->backend, context->cancellable, wd_cli_done_cb, &result);
  runs = wd_backend_list_bulk_finish (context->backend, wd_cli_wait (&result), error);
  if (runs == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_bulk_list_members (context->json, runs);
  else
    for (guint i = 0; i < runs->len; i++)
      print_run (context, runs->pdata[i]);
  return TRUE;
}
