/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "cli/wd-cli-bulk.h"
#include "cli/wd-cli-export.h"
#include "wire/wd-wire-bulk.h"

/* What another try may do, as far as can be told: not where there is no such run, nothing is left
 * of it, or it may not be run here. */
static gboolean
can_go_on (WdCliContext *context, const char *id, const GError *error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdBulkRun) run = NULL;

  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND)
      || g_error_matches (error, WD_ERROR, WD_ERROR_READ_ONLY)
      || g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED))
    return FALSE;
  wd_backend_load_bulk_async (context->backend, id, NULL, wd_answer_cb, &result);
  run = wd_backend_load_bulk_finish (context->backend, wd_answer_wait (&result), NULL);
  return run == NULL || (run->state != WD_BULK_DONE && run->state != WD_BULK_DISCARDED);
}

/* Whether it may well be worked on, and it is only not known how far that is. */
static gboolean
goes_on (WdCliContext *context, const GError *error)
{
  return wd_backend_bulk_goes_on (context->backend) && wd_error_may_pass (error)
         && !g_error_matches (error, WD_ERROR, WD_ERROR_BUSY);
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
                             context->cancellable, wd_answer_cb, &result);
  run = wd_backend_run_bulk_finish (context->backend, wd_answer_wait (&result),
                                    &problem);
  if (run == NULL && goes_on (context, problem))
    g_prefix_error (&problem, _("Look again with “wdctl bulk show %s”, or wait for its end with "
                                "“wdctl bulk run %s”: "), id, id);
  else if (run == NULL && can_go_on (context, id, problem))
    g_prefix_error (&problem, _("The bulk run is not done; go on with “wdctl bulk run %s”: "), id);
  if (run == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return wd_cli_report_bulk (context, run);
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
                              context->cancellable, wd_answer_cb, &result);
  wd_answer_wait (&result);
  return wd_cli_report_bulk (context,
                             wd_backend_load_bulk_finish (context->backend, result, error));
}

/**
 * wd_cmd_bulk_pause:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_pause (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *end = NULL;
  WdBulkRun *run;

  wd_backend_pause_bulk_async (context->backend, wd_cli_arguments_get_operands (arguments)[0],
                               context->cancellable, wd_answer_cb, &result);
  run = wd_backend_pause_bulk_finish (context->backend, wd_answer_wait (&result), error);
  if (run != NULL)
    end = wd_bulk_run_describe_end (run);
  if (end != NULL)
    wd_cli_message ("%s", end);
  return wd_cli_report_bulk (context, run);
}

/**
 * wd_cmd_bulk_discard:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_discard (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_discard_bulk_async (context->backend, wd_cli_arguments_get_operands (arguments)[0],
                                 context->cancellable, wd_answer_cb, &result);
  return wd_cli_report_bulk (context,
                             wd_backend_discard_bulk_finish (context->backend,
                                                             wd_answer_wait (&result), error));
}

/**
 * wd_cmd_bulk_report:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_report (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *id = wd_cli_arguments_get_operands (arguments)[0];
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdBulkRun) run = NULL;

  wd_backend_load_bulk_async (context->backend, id, context->cancellable, wd_answer_cb, &result);
  run = wd_backend_load_bulk_finish (context->backend, wd_answer_wait (&result), error);
  return run != NULL
         && wd_cli_export (context, arguments, wd_export_request_new_bulk (run->id), error);
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

  wd_backend_list_bulk_async (context->backend, context->cancellable, wd_answer_cb, &result);
  runs = wd_backend_list_bulk_finish (context->backend, wd_answer_wait (&result), error);
  if (runs == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_bulk_list_members (context->json, runs);
  else
    for (guint i = 0; i < runs->len; i++)
      wd_cli_report_bulk (context, wd_bulk_run_ref (runs->pdata[i]));
  return TRUE;
}
