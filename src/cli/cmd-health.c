/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "wire/wd-wire-health.h"

static void
print_findings (WdCliContext *context, const WdHealth *health)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("WORK"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("FINDING"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("SINCE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("JOBS"), WD_CLI_LEFT);
  for (guint i = 0; i < health->findings->len; i++)
    {
      const WdFinding *finding = health->findings->pdata[i];

      wd_cli_table_add (table, wd_finding_get_subject (finding));
      wd_cli_table_take (table, wd_finding_describe (finding, NULL));
      wd_cli_table_take (table, wd_finding_describe_since (finding, health->read_at));
      wd_cli_table_take (table, g_strjoinv (" ", finding->job_ids));
    }
  wd_cli_print_table (context, table);
  for (guint i = 0; i < health->findings->len; i++)
    {
      const WdFinding *finding = health->findings->pdata[i];

      wd_cli_message ("%s: %s", wd_finding_get_subject (finding),
                      wd_finding_get_advice (finding));
    }
}

static void
print_trouble (WdCliTable *table, const WdHealth *health, WdWalletTrouble kind)
{
  const WdTroubleCount *count = &health->wallets[kind];

  wd_cli_table_add (table, wd_wallet_trouble_word (kind));
  if (count->n > WD_WALLET_TROUBLE_MOST)
    wd_cli_table_take (table, g_strdup_printf (_("over %d"), WD_WALLET_TROUBLE_MOST));
  else
    wd_cli_table_add_number (table, count->n);
  wd_cli_table_take (table, wd_wallet_trouble_explain (kind, &health->limits));
}

static void
print_health (WdCliContext *context, const WdHealth *health)
{
  WdCliTable *table;

  if (wd_health_is_well (health) && health->queue_error == NULL && health->unread->len == 0)
    g_string_append_printf (context->out, "%s\n",
                            _("Nothing is stuck, and no wallet is in trouble."));
  if (health->findings->len > 0)
    print_findings (context, health);
  if (health->wallets_in_trouble.n <= 0)
    return;
  if (health->findings->len > 0)
    g_string_append_c (context->out, '\n');
  table = wd_cli_table_new ();
  wd_cli_table_add_column (table, _("TROUBLE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WALLETS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("MEANS"), WD_CLI_LEFT);
  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    print_trouble (table, health, kind);
  wd_cli_print_table (context, table);
  wd_cli_message (_("List them with: wdctl wallets list --filter trouble:any"));
}

/**
 * wd_cmd_health:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; %WD_ERROR_NO_CONNECTION also where only the queues' part is missing
 *
 * That something is wrong is an answer, not an error.
 */
gboolean
wd_cmd_health (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdHealth) health = NULL;

  wd_backend_load_health_async (context->backend, context->cancellable, wd_answer_cb, &result);
  health = wd_backend_load_health_finish (context->backend, wd_answer_wait (&result), error);
  if (health == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_health_members (context->json, health);
  else
    print_health (context, health);
  for (guint i = 0; i < health->unread->len; i++)
    wd_cli_message (_("What is stuck could not be read: %s"),
                    (const char *) health->unread->pdata[i]);
  if (health->queue_error == NULL)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION, health->queue_error);
  return FALSE;
}
