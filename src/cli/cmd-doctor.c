/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "wire/wd-wire-check.h"

/* What to do is said as a command; the document says it, too. */
static void
word_advice (GPtrArray *checks)
{
  const char *advices[] = {
    [WD_CHECK_MIGRATE] = _("Run “wdctl migrate”."),
    [WD_CHECK_SEND] = _("Look with “wdctl outbox list”, then “wdctl outbox send”."),
  };

  for (guint i = 0; i < checks->len; i++)
    {
      WdCheck *check = checks->pdata[i];
      char *message = wd_check_dup_message (check, advices);

      g_free (check->message);
      check->message = message;
    }
}

static void
print_checks (WdCliContext *context, const GPtrArray *checks)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("STATUS"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("CHECK"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("FINDING"), WD_CLI_LEFT);
  for (guint i = 0; i < checks->len; i++)
    {
      const WdCheck *check = checks->pdata[i];
      const char *word = wd_check_status_word (check->status);

      wd_cli_table_add_colored (table, word, wd_cli_status_color (word));
      wd_cli_table_add (table, check->name);
      wd_cli_table_add (table, check->message);
    }
  wd_cli_print_table (context, table);
}

/**
 * wd_cmd_doctor:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; %WD_ERROR_FAILED where a check is an error
 */
gboolean
wd_cmd_doctor (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  int n_errors = 0;

  wd_backend_run_doctor_async (context->backend, wd_cli_arguments_has (arguments, "recount"),
                               context->cancellable, wd_answer_cb, &result);
  checks = wd_backend_run_doctor_finish (context->backend, wd_answer_wait (&result), error);
  if (checks == NULL)
    return FALSE;
  word_advice (checks);
  if (context->json != NULL)
    wd_wire_checks_members (context->json, checks);
  else
    print_checks (context, checks);
  for (guint i = 0; i < checks->len; i++)
    n_errors += ((const WdCheck *) checks->pdata[i])->status == WD_CHECK_ERROR;
  if (n_errors == 0)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
               ngettext ("%d check found an error", "%d checks found an error", n_errors),
               n_errors);
  return FALSE;
}
