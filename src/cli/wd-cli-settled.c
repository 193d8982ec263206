/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-settled.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-status.h"
#include "wire/wd-wire-outbox.h"

static void
print_report (WdCliContext *context, const char *line, const WdOutboxReport *result)
{
  for (guint i = 0; i < result->done->len; i++)
    g_string_append_printf (context->out, "%s %s\n", line, (const char *) result->done->pdata[i]);
  for (guint i = 0; i < result->perhaps->len; i++)
    wd_cli_message (_("%s: it is not known whether it had been queued. Look at the chain before "
                      "you queue another."), (const char *) result->perhaps->pdata[i]);
  for (guint i = 0; i < result->left->len; i++)
    {
      const WdRefusal *refusal = result->left->pdata[i];

      wd_cli_message ("%s: %s", refusal->subject, refusal->error->message);
    }
  if (result->done->len == 0 && result->left->len == 0)
    wd_cli_message (_("Nothing was to do"));
  context->told = TRUE;
}

/**
 * wd_cli_report_settled:
 * @context: an open context
 * @member: what the document calls those that are done
 * @line: what is said before each of them
 * @result: what was done and left
 * @error: the gravest of the reasons, which decides the exit status
 *
 * Writes what was done and left.
 */
gboolean
wd_cli_report_settled (WdCliContext *context, const char *member, const char *line,
                       WdOutboxReport *result, GError **error)
{
  const GError *gravest = wd_cli_gravest (result->left);

  if (context->json != NULL)
    wd_wire_outbox_report_members (context->json, member, result);
  else
    print_report (context, line, result);
  if (gravest == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (gravest));
  return FALSE;
}
