/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-flow.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *word;
  const char *label;
} links[] = {
  [WD_FLOW_FAILED] = { "failed", NC_("flow", "failed: its parent fails, too") },
  [WD_FLOW_IGNORED] = { "ignored", NC_("flow", "failed: its parent goes on") },
  [WD_FLOW_PENDING] = { "pending", NC_("flow", "its parent waits for it") },
  [WD_FLOW_PROCESSED] = { "processed", NC_("flow", "done") },
  [WD_FLOW_UNLINKED] = { "unlinked", NC_("flow", "its parent does not wait for it") },
};

static void
wd_flow_clear (gpointer data)
{
  WdFlow *self = data;

  g_clear_pointer (&self->root, wd_flow_node_free);
  g_free (self->rows_error);
}

WD_DEFINE_RECORD (WdFlow, wd_flow, wd_flow_clear)

/**
 * wd_flow_node_new:
 * @queue: where it is
 * @id: its id there
 *
 * Returns: (transfer full): a job without children
 */
WdFlowNode *
wd_flow_node_new (const char *queue, const char *id)
{
  WdFlowNode *self = g_new0 (WdFlowNode, 1);

  self->queue = g_strdup (queue);
  self->id = g_strdup (id);
  self->link = WD_FLOW_UNLINKED;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_flow_node_free);
  return self;
}

/**
 * wd_flow_node_free:
 * @self: (transfer full): a job; those below go with it
 */
void
wd_flow_node_free (WdFlowNode *self)
{
  g_free (self->queue);
  g_free (self->id);
  g_free (self->name);
  g_free (self->state);
  g_free (self->failed_reason);
  g_free (self->job_log_id);
  g_free (self->row_status);
  g_ptr_array_unref (self->children);
  g_free (self);
}

/**
 * wd_flow_link_word:
 * @link: what a job is to its parent
 *
 * Returns: (transfer none): the word of the documents
 */
const char *
wd_flow_link_word (WdFlowLink link)
{
  return links[link].word;
}

/**
 * wd_flow_link_label:
 * @link: what a job is to its parent
 *
 * Returns: (transfer none): the same for people, translated
 */
const char *
wd_flow_link_label (WdFlowLink link)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "flow", links[link].label);
}

static void
walk (WdFlowNode *node, guint depth, WdFlowFunc func, gpointer data)
{
  func (node, depth, data);
  for (guint i = 0; i < node->children->len; i++)
    walk (node->children->pdata[i], depth + 1, func, data);
}

/**
 * wd_flow_foreach:
 * @root: of a flow
 * @func: (scope call): told of each job, those above first
 * @data: for @func
 */
void
wd_flow_foreach (WdFlowNode *root, WdFlowFunc func, gpointer data)
{
  walk (root, 0, func, data);
}
