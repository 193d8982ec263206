/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-retry.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-filter.h"

static gboolean
asks_for_others (const WdJobFilter *filter)
{
  for (gsize i = 0; filter->statuses != NULL && filter->statuses[i] != NULL; i++)
    if (!g_str_equal (filter->statuses[i], "failed"))
      return TRUE;
  return filter->not_statuses != NULL
         && g_strv_contains ((const char *const *) filter->not_statuses, "failed");
}

/* --filter "$WHICH", or --search, with a variable that is not set is no decision for all there
 * are. */
static gboolean
check_says_something (const WdCliArguments *arguments, const WdJobFilter *filter, GError **error)
{
  const char *empty = NULL;

  if (wd_cli_arguments_has (arguments, "filter") && wd_job_filter_is_empty (filter))
    empty = "--filter";
  else if (filter->search != NULL && *filter->search == '\0')
    empty = "--search";
  if (empty != NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                 _("%s is empty: leave it out if it is to restrict nothing"), empty);
  return empty == NULL;
}

/**
 * wd_cli_retry_all_request:
 * @arguments: the command line
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): to retry every failed job that its filters let through
 */
WdRetryRequest *
wd_cli_retry_all_request (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdRetryRequest) request = wd_retry_request_new ();
  g_autoptr (WdJobFilter) filter = wd_cli_job_filter (arguments, error);

  if (filter == NULL || !check_says_something (arguments, filter, error))
    return NULL;
  if (asks_for_others (filter))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Only failed jobs can be retried: leave --status out"));
      return NULL;
    }
  g_clear_pointer (&filter->statuses, g_strfreev);
  request->all_failed = g_steal_pointer (&filter);
  request->reset = wd_cli_arguments_has (arguments, "reset");
  request->force = wd_cli_arguments_has (arguments, "force");
  return g_steal_pointer (&request);
}
