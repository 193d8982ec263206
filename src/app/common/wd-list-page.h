/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-filter.h"
#include "app/common/wd-table.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

/**
 * WdListPageSpec:
 * @list: what it lists
 * @kind: of @list
 * @table: how it looks
 * @search_name: of the search entry, to be translated
 * @search_hint: what can be searched, to be translated
 */
typedef struct {
  WdPagedList *list;
  const WdListKind *kind;
  const WdTableSpec *table;
  const char *search_name;
  const char *search_hint;
} WdListPageSpec;

#define WD_TYPE_LIST_PAGE (wd_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WdListPage, wd_list_page, WD, LIST_PAGE, GtkWidget)

/**
 * WdListPageClass:
 * @read_filter: a filter of the list's kind, owned by the caller: what the page's filters let
 *   through, and @search, which is %NULL for everything
 * @row_activated: somebody wants to see a row
 * @refresh: (nullable): reads again what else is on the page, which is on screen
 */
struct _WdListPageClass {
  GtkWidgetClass parent_class;

  gpointer (*read_filter) (WdListPage *self, const char *search);
  void (*row_activated) (WdListPage *self, WdRow *row);
  void (*refresh) (WdListPage *self);
};

void         wd_list_page_set_up (WdListPage *self, WdWorkspace *workspace,
                                  const WdListPageSpec *spec);
void         wd_list_page_add_filter (WdListPage *self, WdFilter *filter);
WdWorkspace *wd_list_page_get_workspace (WdListPage *self);
WdTable     *wd_list_page_get_table (WdListPage *self);
void         wd_list_page_open (WdListPage *self, WdRow *row);
void         wd_list_page_clear (WdListPage *self, const char *search);
void         wd_list_page_ask (WdListPage *self);
void         wd_list_page_focus_search (WdListPage *self);
void         wd_list_page_focus_rows (WdListPage *self);

G_END_DECLS
