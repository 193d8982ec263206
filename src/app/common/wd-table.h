/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/common/wd-table-column.h"
#include "session/wd-column-layout.h"
#include "session/wd-paged-list.h"

G_BEGIN_DECLS

/**
 * WdTableSpec:
 * @name: of the table, to be translated
 * @columns: (array length=n_columns): from left to right
 * @format_total: how many rows there are, in words; the caller frees it
 * @format_new: how many new ones there are, likewise
 * @empty_title: what stands there when there are no rows at all, to be translated
 * @empty_description: why, and what next, to be translated
 * @empty_icon: a symbolic icon
 * @missing_title: (nullable): what stands there when the database has no such table yet, to be
 *   translated
 * @missing_description: (nullable): why, and what next, to be translated
 * @empty_button: (nullable): words of what to do next, to be translated
 * @empty_action: (nullable): of the window, which does that; its button is there if the action is
 * @empty_target: (nullable): of @empty_action, as text
 * @sort: in what order it opens, greatest first
 * @settings_key: (nullable): where its columns and its order are kept
 */
typedef struct {
  const char *name;
  const WdColumnSpec *columns;
  guint n_columns;
  char *(*format_total) (gint64 total, gboolean is_exact);
  char *(*format_new) (guint n_new, gboolean or_more);
  const char *empty_title;
  const char *empty_description;
  const char *empty_icon;
  const char *missing_title;
  const char *missing_description;
  const char *empty_button;
  const char *empty_action;
  const char *empty_target;
  WdSort sort;
  const char *settings_key;
} WdTableSpec;

#define WD_TYPE_TABLE (wd_table_get_type ())
G_DECLARE_FINAL_TYPE (WdTable, wd_table, WD, TABLE, GtkWidget)

WdTable *wd_table_new (const WdTableSpec *spec, WdPagedList *list);
void     wd_table_set_filter (WdTable *self, gconstpointer filter);
GPtrArray *wd_table_dup_selected (WdTable *self);
void     wd_table_set_actions (WdTable *self, GtkWidget *actions, GtkWidget *all,
                               GMenuModel *menu);
void     wd_table_set_views_menu (WdTable *self, GMenuModel *menu);
void     wd_table_show_view (WdTable *self, WdColumnLayout *columns, gconstpointer filter);
WdColumnLayout *wd_table_get_layout (WdTable *self);
void     wd_table_go_to (WdTable *self);
void     wd_table_tick (WdTable *self);
void     wd_table_tell_ages (WdTable *self);

G_END_DECLS
