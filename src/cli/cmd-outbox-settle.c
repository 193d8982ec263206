/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-status.h"
#include "wire/wd-wire-outbox.h"

static void
print_report (WdCliContext *context, const char *line, const WdOutboxReport *result)
{
  for (guint i = 0; i < result->done->len; i++)
    g_string_append_printf (context->out, "%s %s\n", line, (const char *) result->done->pdata[i]);
  for (guint i = 0; i < result->left->len; i++)
    {
      const WdRefusal *refusal = result->left->pdata[i];

      wd_cli_message ("%s: %s", refusal->subject, refusal->error->message);
    }
  if (result->done->len == 0 && result->left->len == 0)
    wd_cli_message (_("Nothing was to do"));
  context->told = TRUE;
}

/* Writes what was done and left; the gravest of the reasons decides the exit status. */
static gboolean
report (WdCliContext *context, const char *member, const char *line, WdOutboxReport *result,
        GError **error)
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

static gboolean
write_nothing (WdCliContext *context, const char *member)
{
  g_autoptr (WdOutboxReport) nothing = wd_outbox_report_create ();

  if (context->json != NULL)
    wd_wire_outbox_report_members (context->json, member, nothing);
  return FALSE;
}

/**
 * wd_cmd_outbox_send:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; that of an entry left where there is one
 */
gboolean
wd_cmd_outbox_send (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *const *ids = wd_cli_arguments_get_operands (arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdOutboxReport) sent = NULL;

  wd_backend_send_outbox_async (context->backend, *ids != NULL ? ids : NULL, 0,
                                context->cancellable, wd_cli_done_cb, &result);
  sent = wd_backend_send_outbox_finish (context->backend, wd_cli_wait (&result), error);
  return sent != NULL ? report (context, "sent", _("sent"), sent, error)
                      : write_nothing (context, "sent");
}

/**
 * wd_cmd_outbox_discard:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; that of an entry left where there is one
 */
gboolean
wd_cmd_outbox_discard (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdOutboxReport) discarded = NULL;

  wd_backend_discard_outbox_async (context->backend, wd_cli_arguments_get_operands (arguments),
                                   context->cancellable, wd_cli_done_cb, &result);
  discarded = wd_backend_discard_outbox_finish (context->backend, wd_cli_wait (&result), error);
  return discarded != NULL ? report (context, "discarded", _("discarded"), discarded, error)
                           : write_nothing (context, "discarded");
}
