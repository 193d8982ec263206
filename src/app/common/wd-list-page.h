/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-filter.h"
#include "app/common/wd-table.h"
#include "model/wd-filter-language.h"
#include "session/wd-saved-view.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

/**
 * WdListPageSpec:
 * @page: (nullable): its name, for views of it; %NULL where there are none
 * @list: what it lists
 * @kind: of @list
 * @language: how its filters are written
 * @table: how it looks
 * @search_name: of the entry of filters, to be translated
 * @search_hint: what it says when it is empty, to be translated
 */
typedef struct {
  const char *page;
  WdPagedList *list;
  const WdListKind *kind;
  const WdFilterLanguage *language;
  const WdTableSpec *table;
  const char *search_name;
  const char *search_hint;
} WdListPageSpec;

#define WD_TYPE_LIST_PAGE (wd_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WdListPage, wd_list_page, WD, LIST_PAGE, GtkWidget)

/**
 * WdListPageClass:
 * @read_filter: writes into a filter of the list's kind what the page's menus let through, and
 *   leaves alone what they cannot say
 * @show_filter: sets the menus to what a filter lets through; none of them emits "changed"
 * @row_activated: somebody wants to see a row
 * @refresh: (nullable): reads again what else is on the page, which is on screen
 */
struct _WdListPageClass {
  GtkWidgetClass parent_class;

  void (*read_filter) (WdListPage *self, gpointer filter);
  void (*show_filter) (WdListPage *self, gconstpointer filter);
  void (*row_activated) (WdListPage *self, WdRow *row);
  void (*refresh) (WdListPage *self);
};

void         wd_list_page_set_up (WdListPage *self, WdWorkspace *workspace,
                                  const WdListPageSpec *spec);
void         wd_list_page_add_filter (WdListPage *self, WdFilter *filter);
WdWorkspace *wd_list_page_get_workspace (WdListPage *self);
WdTable     *wd_list_page_get_table (WdListPage *self);
void         wd_list_page_open (WdListPage *self, WdRow *row);
void         wd_list_page_set_known (WdListPage *self, const char *qualifier, char **words);
void         wd_list_page_ask (WdListPage *self);
void         wd_list_page_show_filter (WdListPage *self, gconstpointer filter);
void         wd_list_page_take_filter (WdListPage *self, WdListPage *from);
void         wd_list_page_focus_search (WdListPage *self);
void         wd_list_page_focus_rows (WdListPage *self);
gint64       wd_list_page_get_total (WdListPage *self, gboolean *is_exact);

gboolean     wd_list_page_open_view (WdListPage *self, WdSavedView *view);
void         wd_list_page_leave_view (WdListPage *self);
WdSavedView *wd_list_page_get_view (WdListPage *self);
void         wd_list_page_set_view (WdListPage *self, WdSavedView *view);
gboolean     wd_list_page_is_view_changed (WdListPage *self);
WdSavedView *wd_list_page_make_view (WdListPage *self, const char *name);
const char  *wd_list_page_settle (WdListPage *self);
WdExportRequest *wd_list_page_make_export (WdListPage *self);

G_END_DECLS
