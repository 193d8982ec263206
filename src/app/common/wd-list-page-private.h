/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-filter-bar.h"
#include "app/common/wd-filter-entry.h"
#include "app/common/wd-list-page.h"

G_BEGIN_DECLS

typedef struct {
  WdWorkspace *workspace;    /* (owned) */
  WdPagedList *list;         /* (owned) */
  const WdListKind *kind;    /* of the list */
  WdTable *table;

  const WdFilterLanguage *language;

  const char *page;          /* (nullable): without a name it has no views */
  WdSavedView *view;         /* (owned) (nullable): the one that is shown, changed or not */
  gpointer own_filter;       /* (owned) (nullable): from before it was */

  WdFilterBar *bar;
  WdFilterEntry *search;
} WdListPagePrivate;

WdListPagePrivate *wd_list_page_get_private (WdListPage *self);
void               wd_list_page_view_changed (WdListPage *self);

/* wd-list-page-filter.c */
void               wd_list_page_show_state (WdListPage *self);
void               wd_list_page_show_text (WdListPage *self, const char *text);
void               wd_list_page_read_line (WdListPage *self);
void               wd_list_page_clear_filter (WdListPage *self);

/* wd-list-page-view.c */
void               wd_list_page_forget_view (WdListPage *self);
void               wd_list_page_take_view (WdListPage *self, WdListPage *from);

G_END_DECLS
