/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-flow.h"

G_BEGIN_DECLS

#define WD_TYPE_FLOW_ITEM (wd_flow_item_get_type ())
G_DECLARE_FINAL_TYPE (WdFlowItem, wd_flow_item, WD, FLOW_ITEM, GObject)

WdFlowItem       *wd_flow_item_new (WdFlow *flow);
gboolean          wd_flow_item_update (WdFlowItem *self, WdFlow *flow);
const WdFlowNode *wd_flow_item_get_node (WdFlowItem *self);
gint64            wd_flow_item_get_n_more (WdFlowItem *self);
gboolean          wd_flow_item_is_root (WdFlowItem *self);
GListModel       *wd_flow_item_get_children (WdFlowItem *self);

G_END_DECLS
