/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-format.h"
#include "model/wd-words.h"
#include "wire/wd-wire-queue-jobs.h"

/* Returns: (transfer full): a job in a line */
static char *
describe (const WdFlowNode *node, gboolean is_root)
{
  g_autofree char *id = wd_format_visible (node->id, 256);
  g_autofree char *queue = wd_format_visible (node->queue, 256);
  g_autofree char *name = node->name != NULL ? wd_format_visible (node->name, 128) : NULL;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s/%s", queue, id);
  if (name != NULL)
    g_string_append_printf (text, " %s", name);
  g_string_append_printf (text, ": %s", node->state == NULL ? _("gone")
                                                            : wd_queue_state_label (node->state));
  if (!is_root)
    g_string_append_printf (text, " (%s)", wd_flow_link_label (node->link));
  if (node->is_subject)
    g_string_append (text, " *");
  if (node->is_repeated)
    g_string_append_printf (text, " — %s", _("shown above"));
  return g_string_free (text, FALSE);
}

static void
print_node (WdCliContext *context, const WdFlowNode *node, const char *indent, gboolean is_root,
            gboolean is_last)
{
  g_autofree char *line = describe (node, is_root);
  g_autofree char *below = g_strconcat (indent, is_root ? "" : is_last ? "   " : "│  ", NULL);

  g_string_append_printf (context->out, "%s%s%s\n", indent,
                          is_root ? "" : is_last ? "└─ " : "├─ ", line);
  for (guint i = 0; i < node->children->len; i++)
    print_node (context, node->children->pdata[i], below, FALSE,
                i + 1 == node->children->len && node->n_more == 0);
  if (node->n_more > 0)
    {
      g_autofree char *more = g_strdup_printf ("%" G_GINT64_FORMAT, node->n_more);

      g_string_append_printf (context->out, "%s└─ ", below);
      g_string_append_printf (context->out, ngettext ("%s more", "%s more", (gulong) node->n_more),
                              more);
      g_string_append_c (context->out, '\n');
    }
}

/**
 * wd_cmd_queues_flow:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_flow (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *const *operands = wd_cli_arguments_get_operands (arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdFlow) flow = NULL;

  wd_backend_load_flow_async (context->backend, operands[0], operands[1], context->cancellable,
                              wd_answer_cb, &result);
  flow = wd_backend_load_flow_finish (context->backend, wd_answer_wait (&result), error);
  if (flow == NULL)
    return FALSE;
  if (context->json != NULL)
    {
      wd_wire_flow_members (context->json, flow);
      return TRUE;
    }
  if (flow->has_more_above)
    wd_cli_message (_("There are more jobs above"));
  print_node (context, flow->root, "", TRUE, TRUE);
  return TRUE;
}
