/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What dispatch and retry share: their answer names what was done, what was not, and what is
 * recorded but not in its queue yet, which must not be asked for again. */

#include "cli/wd-cli-action.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "cli/wd-cli-status.h"
#include "wire/wd-wire-result.h"

static guint
count_undelivered (const WdActionResult *result)
{
  guint n = 0;

  for (guint i = 0; i < result->done->len; i++)
    n += !((const WdJobOutcome *) result->done->pdata[i])->delivered;
  return n;
}

static void
print_outcomes (WdCliContext *context, const WdActionResult *result)
{
  for (guint i = 0; i < result->done->len; i++)
    {
      const WdJobOutcome *outcome = result->done->pdata[i];
      g_autofree char *wallet = outcome->job->wallet_address != NULL
                                ? wd_format_visible (outcome->job->wallet_address, 300)
                                : g_strdup ("—");

      g_string_append_printf (context->out, "%s  %s  %s\n", outcome->job->id,
                              outcome->delivered ? _("queued") : _("recorded, not queued yet"),
                              wallet);
      if (outcome->note != NULL)
        wd_cli_message ("%s: %s", outcome->job->id, outcome->note);
    }
  for (guint i = 0; i < result->refused->len; i++)
    {
      const WdRefusal *refusal = result->refused->pdata[i];

      wd_cli_message ("%s: %s", refusal->subject, refusal->error->message);
    }
  if (result->done->len != 0 || result->refused->len != 1)
    wd_cli_message ("%s", result->message);
  context->told = TRUE;
}

/**
 * wd_cli_report_action:
 * @context: the context
 * @subject: what a refused subject is called: `wallet_address` or `id`
 * @result: what was done, and its message
 * @error: where not every subject was done: the gravest reason
 *
 * Writes what a dispatch or a retry did.
 */
gboolean
wd_cli_report_action (WdCliContext *context, const char *subject, WdActionResult *result,
                      GError **error)
{
  g_autoptr (GError) undelivered = NULL;
  const GError *gravest = wd_cli_gravest (result->refused);

  if (count_undelivered (result) > 0)
    undelivered = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION, result->message);
  gravest = wd_cli_graver (undelivered, gravest);
  if (context->json != NULL)
    wd_wire_action_members (context->json, subject, result, result->message);
  else
    print_outcomes (context, result);
  if (gravest == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (gravest));
  return FALSE;
}

/**
 * wd_cli_report_nothing:
 * @context: the context
 * @subject: as for wd_cli_report_action()
 * @failure: (transfer full): why there is no result
 * @error: @failure, in our words where it was interrupted
 *
 * Writes the document of an action of which nothing is known to be done.
 *
 * Returns: %FALSE
 */
gboolean
wd_cli_report_nothing (WdCliContext *context, const char *subject, GError *failure, GError **error)
{
  if (wd_error_is_cancelled (failure))
    {
      g_set_error_literal (error, failure->domain, failure->code,
                           _("Interrupted: nothing was written, nothing was queued"));
      g_error_free (failure);
    }
  else
    g_propagate_error (error, failure);
  if (context->json != NULL)
    wd_wire_action_members (context->json, subject, NULL, (*error)->message);
  return FALSE;
}
