/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One job of a flow in a tree, or how many more there are. What is read again with the same jobs in
 * it goes into the same items, so that what was closed stays closed. */

#include "app/jobs/wd-flow-item.h"

struct _WdFlowItem {
  GObject parent_instance;

  WdFlow *flow;              /* (owned): what the node is in */
  const WdFlowNode *node;    /* not owned (nullable): NULL for those that are not told of */
  gint64 n_more;
  GListStore *children;      /* (owned) (nullable) (element-type WdFlowItem) */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdFlowItem, wd_flow_item, G_TYPE_OBJECT)

static void
wd_flow_item_dispose (GObject *object)
{
  g_clear_object (&WD_FLOW_ITEM (object)->children);
  G_OBJECT_CLASS (wd_flow_item_parent_class)->dispose (object);
}

static void
wd_flow_item_finalize (GObject *object)
{
  wd_flow_unref (WD_FLOW_ITEM (object)->flow);
  G_OBJECT_CLASS (wd_flow_item_parent_class)->finalize (object);
}

static void
wd_flow_item_class_init (WdFlowItemClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_flow_item_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_flow_item_finalize;

  /**
   * WdFlowItem::changed:
   *
   * Its job was read again.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_FLOW_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_flow_item_init (WdFlowItem *self)
{
}

static WdFlowItem *
make_item (WdFlow *flow, const WdFlowNode *node)
{
  WdFlowItem *self = g_object_new (WD_TYPE_FLOW_ITEM, NULL);

  self->flow = wd_flow_ref (flow);
  self->node = node;
  if (node->children->len == 0 && node->n_more == 0)
    return self;
  self->children = g_list_store_new (WD_TYPE_FLOW_ITEM);
  for (guint i = 0; i < node->children->len; i++)
    {
      g_autoptr (WdFlowItem) child = make_item (flow, node->children->pdata[i]);

      g_list_store_append (self->children, child);
    }
  if (node->n_more > 0)
    {
      g_autoptr (WdFlowItem) more = g_object_new (WD_TYPE_FLOW_ITEM, NULL);

      more->flow = wd_flow_ref (flow);
      more->n_more = node->n_more;
      g_list_store_append (self->children, more);
    }
  return self;
}

/**
 * wd_flow_item_new:
 * @flow: a flow
 *
 * Returns: (transfer full): its root, with everything below it
 */
WdFlowItem *
wd_flow_item_new (WdFlow *flow)
{
  return make_item (flow, flow->root);
}

static gboolean
has_same_jobs (WdFlowItem *self, const WdFlowNode *node)
{
  GListModel *children = G_LIST_MODEL (self->children);
  guint n = children != NULL ? g_list_model_get_n_items (children) : 0;

  if (g_strcmp0 (self->node->id, node->id) != 0 || g_strcmp0 (self->node->queue, node->queue) != 0
      || n != node->children->len + (node->n_more > 0))
    return FALSE;
  for (guint i = 0; i < node->children->len; i++)
    {
      g_autoptr (WdFlowItem) child = g_list_model_get_item (children, i);

      if (child->node == NULL || !has_same_jobs (child, node->children->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

static void
take (WdFlowItem *self, WdFlow *flow, const WdFlowNode *node, gint64 n_more)
{
  WdFlow *before = self->flow;

  self->flow = wd_flow_ref (flow);
  self->node = node;
  self->n_more = n_more;
  wd_flow_unref (before);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  for (guint i = 0; self->children != NULL
                    && i < g_list_model_get_n_items (G_LIST_MODEL (self->children)); i++)
    {
      g_autoptr (WdFlowItem) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      if (i < node->children->len)
        take (child, flow, node->children->pdata[i], 0);
      else
        take (child, flow, NULL, node->n_more);
    }
}

/**
 * wd_flow_item_update:
 * @self: the root of a flow
 * @flow: the same flow, read again
 *
 * Returns: whether it now shows @flow; not where other jobs are in it
 */
gboolean
wd_flow_item_update (WdFlowItem *self, WdFlow *flow)
{
  g_return_val_if_fail (WD_IS_FLOW_ITEM (self), FALSE);

  if (!has_same_jobs (self, flow->root))
    return FALSE;
  take (self, flow, flow->root, 0);
  return TRUE;
}

/**
 * wd_flow_item_get_node:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its job; %NULL for those that are not told of
 */
const WdFlowNode *
wd_flow_item_get_node (WdFlowItem *self)
{
  g_return_val_if_fail (WD_IS_FLOW_ITEM (self), NULL);

  return self->node;
}

/**
 * wd_flow_item_get_n_more:
 * @self: an item without a job
 *
 * Returns: how many are not told of
 */
gint64
wd_flow_item_get_n_more (WdFlowItem *self)
{
  g_return_val_if_fail (WD_IS_FLOW_ITEM (self), 0);

  return self->n_more;
}

/**
 * wd_flow_item_is_root:
 * @self: an item
 *
 * Returns: whether all others stand below it
 */
gboolean
wd_flow_item_is_root (WdFlowItem *self)
{
  g_return_val_if_fail (WD_IS_FLOW_ITEM (self), FALSE);

  return self->node == self->flow->root;
}

/**
 * wd_flow_item_get_children:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): what stands below it
 */
GListModel *
wd_flow_item_get_children (WdFlowItem *self)
{
  g_return_val_if_fail (WD_IS_FLOW_ITEM (self), NULL);

  return G_LIST_MODEL (self->children);
}
