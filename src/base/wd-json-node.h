/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WdJsonKind:
 * @WD_JSON_WORD: `true`, `false` or `null`
 * @WD_JSON_MORE: no value: stands for those that are left out of a long list
 */
typedef enum {
  WD_JSON_OBJECT,
  WD_JSON_ARRAY,
  WD_JSON_STRING,
  WD_JSON_NUMBER,
  WD_JSON_WORD,
  WD_JSON_MORE,
} WdJsonKind;

#define WD_TYPE_JSON_NODE (wd_json_node_get_type ())
G_DECLARE_FINAL_TYPE (WdJsonNode, wd_json_node, WD, JSON_NODE, GObject)

WdJsonNode *wd_json_node_parse (const char *json);
WdJsonKind  wd_json_node_get_kind (WdJsonNode *self);
char       *wd_json_node_dup_key (WdJsonNode *self);
char       *wd_json_node_dup_text (WdJsonNode *self);
guint       wd_json_node_get_n_children (WdJsonNode *self);
GListModel *wd_json_node_get_children (WdJsonNode *self);
void        wd_json_node_show_all (WdJsonNode *self);

G_END_DECLS
