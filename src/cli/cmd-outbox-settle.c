/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-settled.h"
#include "wire/wd-wire-outbox.h"

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
                                context->cancellable, wd_answer_cb, &result);
  sent = wd_backend_send_outbox_finish (context->backend, wd_answer_wait (&result), error);
  return sent != NULL ? wd_cli_report_settled (context, "sent", _("sent"), sent, error)
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
                                   context->cancellable, wd_answer_cb, &result);
  discarded = wd_backend_discard_outbox_finish (context->backend, wd_answer_wait (&result), error);
  return discarded != NULL
           ? wd_cli_report_settled (context, "discarded", _("discarded"), discarded, error)
           : write_nothing (context, "discarded");
}
