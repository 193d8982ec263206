/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-table-fade.h"
#include "app/common/wd-table-layout.h"
#include "app/common/wd-table-message.h"
#include "app/common/wd-table-selection.h"
#include "app/common/wd-table-sort.h"
#include "app/common/wd-table.h"

G_BEGIN_DECLS

struct _WdTable {
  GtkWidget parent_instance;

  const WdTableSpec *spec;
  WdPagedList *list;             /* (owned) */
  WdTableSelection *selection;   /* (owned) */
  GPtrArray *columns;            /* (owned) (element-type WdTableColumn) */
  WdTableSort *sort;             /* (owned) */
  WdTableLayout *layout;         /* (owned) */
  WdTableFade *fade;             /* (owned) */
  GActionGroup *order_actions;   /* (owned): of the menu "Sort By" */
  gboolean at_top;
  gboolean going;                /* to a row, though the scrollbar does not say so yet */
  guint ticks;                   /* since ages were told */
  double wheel_clicks;           /* that the list was not scrolled by yet; down is positive */
  guint wheel_tick;
  GtkWidget *menu;               /* (nullable): a popover of its own */

  GtkWidget *stack;
  GtkWidget *spinner;
  GtkWidget *scroller;
  GtkColumnView *view;
  GtkWidget *pill;
  GtkWidget *pill_button;
  AdwButtonContent *pill_content;
  WdTableMessage *message;
  GtkWidget *selection_box;
  GtkWidget *all_box;
  GtkLabel *selected;
  GtkLabel *total;
  GtkInscription *age;
  GtkWidget *count_button;
  GtkMenuButton *go_button;
  GtkWidget *go_entry;
  GtkWidget *go_problem;
  GtkMenuButton *sort_button;
  GtkMenuButton *columns_button;
  GtkMenuButton *views_button;
};

void wd_table_menu_install (GtkWidgetClass *widget_class);

void wd_table_update_selection (WdTable *self);
void wd_table_update (WdTable *self);

/* wd-table-order.c */
void wd_table_order_set_up (WdTable *self);
void wd_table_order_update (WdTable *self);

/* wd-table-place.c */
void wd_table_place_install (GtkWidgetClass *widget_class);
void wd_table_place_set_up (WdTable *self);
void wd_table_place_update (WdTable *self);

/* wd-table-total.c */
void wd_table_total_install (GtkWidgetClass *widget_class);
void wd_table_total_update (WdTable *self);

/* wd-table-wheel.c */
void wd_table_wheel_set_up (WdTable *self);

G_END_DECLS
