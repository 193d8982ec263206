/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-filter.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-context.h"
#include "model/wd-filter-text.h"

static char **
dup_all (const WdCliArguments *arguments, const char *option)
{
  return g_strdupv ((char **) wd_cli_arguments_get_all (arguments, option));
}

static char *
dup_one (const WdCliArguments *arguments, const char *option)
{
  return g_strdup (wd_cli_arguments_get (arguments, option));
}

/* --filter says all there is to say: two ways to say it could say two things. */
static gboolean
check_alone (const WdCliArguments *arguments, GError **error)
{
  static const char *const others[] = {
    "status", "type", "trigger", "wallet", "user", "from", "to", "completed-from", "completed-to",
    "search", "error-group", "needs-gas", "needs-consolidation", "network", "min-balance",
    "max-balance",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (wd_cli_arguments_has (arguments, others[i]))
      {
        g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                     _("Write into --filter what --%s says, or leave one of them out"), others[i]);
        return FALSE;
      }
  return TRUE;
}

/* Says where in --filter something is wrong, counted in characters from 1. */
static void
tell_where (const char *text, WdTextSpan span, GError **error)
{
  g_prefix_error (error, _("--filter, character %ld: "),
                  g_utf8_validate (text, (gssize) span.start, NULL)
                    ? g_utf8_strlen (text, (gssize) span.start) + 1 : (long) span.start + 1);
}

static WdJobFilter *
read_job_filter (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (WdJobFilter) filter = NULL;
  const char *text = wd_cli_arguments_get (arguments, "filter");
  WdTextSpan span;

  if (!check_alone (arguments, error))
    return NULL;
  filter = wd_job_filter_from_text (text, zone, wd_time_now (), &span, error);
  if (filter == NULL)
    tell_where (text, span, error);
  return g_steal_pointer (&filter);
}

static WdWalletFilter *
read_wallet_filter (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (WdWalletFilter) filter = NULL;
  const char *text = wd_cli_arguments_get (arguments, "filter");
  WdTextSpan span;

  if (!check_alone (arguments, error))
    return NULL;
  filter = wd_wallet_filter_from_text (text, zone, wd_time_now (), &span, error);
  if (filter == NULL)
    tell_where (text, span, error);
  return g_steal_pointer (&filter);
}

/**
 * wd_cli_job_filter:
 * @arguments: the command line
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): the filter its options make
 */
WdJobFilter *
wd_cli_job_filter (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  if (wd_cli_arguments_has (arguments, "filter"))
    return read_job_filter (arguments, error);
  filter->statuses = dup_all (arguments, "status");
  filter->types = dup_all (arguments, "type");
  filter->triggers = dup_all (arguments, "trigger");
  filter->wallet = dup_one (arguments, "wallet");
  filter->user = dup_one (arguments, "user");
  filter->from = wd_cli_arguments_get_time (arguments, "from", FALSE);
  filter->to = wd_cli_arguments_get_time (arguments, "to", TRUE);
  filter->completed_from = wd_cli_arguments_get_time (arguments, "completed-from", FALSE);
  filter->completed_to = wd_cli_arguments_get_time (arguments, "completed-to", TRUE);
  filter->search = dup_one (arguments, "search");
  filter->error_group = dup_one (arguments, "error-group");
  return wd_job_filter_validate (filter, error) ? g_steal_pointer (&filter) : NULL;
}

/**
 * wd_cli_wallet_filter:
 * @arguments: the command line
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): the filter its options make
 */
WdWalletFilter *
wd_cli_wallet_filter (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();

  if (wd_cli_arguments_has (arguments, "filter"))
    return read_wallet_filter (arguments, error);
  filter->needs_gas = wd_cli_arguments_get_boolean (arguments, "needs-gas");
  filter->needs_consolidation = wd_cli_arguments_get_boolean (arguments, "needs-consolidation");
  filter->networks = dup_all (arguments, "network");
  filter->min_balance = dup_one (arguments, "min-balance");
  filter->max_balance = dup_one (arguments, "max-balance");
  filter->search = dup_one (arguments, "search");
  return wd_wallet_filter_validate (filter, error) ? g_steal_pointer (&filter) : NULL;
}

/**
 * wd_cli_audit_filter:
 * @arguments: the command line
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): the filter its options make
 */
WdAuditFilter *
wd_cli_audit_filter (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdAuditFilter) filter = wd_audit_filter_new ();

  filter->actions = dup_all (arguments, "action");
  filter->who = dup_one (arguments, "who");
  filter->target = dup_one (arguments, "target");
  filter->from = wd_cli_arguments_get_time (arguments, "from", FALSE);
  filter->to = wd_cli_arguments_get_time (arguments, "to", TRUE);
  return wd_audit_filter_validate (filter, error) ? g_steal_pointer (&filter) : NULL;
}
