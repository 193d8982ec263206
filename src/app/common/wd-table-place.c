/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a table is scrolled to: the rows in sight, and going to a time. */

#include "app/common/wd-table-columns.h"
#include "app/common/wd-table-private.h"

#include "app/jobs/wd-local-time.h"

/* A time before which a whole day goes when one is typed alone: its end, from new to old. */
static WdTime
read_time (WdTable *self)
{
  gboolean ascending;

  wd_table_sort_get (self->sort, &ascending);
  return wd_local_time_parse (gtk_editable_get_text (GTK_EDITABLE (self->go_entry)), !ascending);
}

static void
changed_cb (WdTable *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->go_entry));
  gboolean wrong = *text != '\0' && read_time (self) == WD_TIME_NONE;

  gtk_widget_set_visible (self->go_problem, wrong);
  if (wrong)
    gtk_widget_add_css_class (self->go_entry, "error");
  else
    gtk_widget_remove_css_class (self->go_entry, "error");
}

static void
go_cb (WdTable *self)
{
  WdTime time = read_time (self);

  if (time == WD_TIME_NONE || wd_paged_list_get_sort (self->list, NULL) != WD_SORT_CREATED)
    return;
  gtk_menu_button_popdown (self->go_button);
  wd_paged_list_seek (self->list, time);
}

/* New rows that come in before the view has moved must not take it back to the top. */
static void
found_cb (WdTable *self, guint position)
{
  self->going = TRUE;
  self->at_top = FALSE;
  wd_table_columns_scroll_to (self->view, position);
  wd_table_selection_select_only (self->selection, position);
}

static void
viewport_cb (WdTable *self)
{
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double upper = gtk_adjustment_get_upper (adjustment);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  double row_height = n_items > 0 ? upper / n_items : 0;
  double first;

  if (row_height < 1)
    return;
  first = gtk_adjustment_get_value (adjustment) / row_height;
  self->at_top = first < 0.5 && !self->going;
  wd_paged_list_set_viewport (self->list, self->at_top ? 0 : 1 + (guint) first,
                              (guint) (gtk_adjustment_get_page_size (adjustment) / row_height));
}

static void
scrolled_cb (WdTable *self)
{
  self->going = FALSE;
  viewport_cb (self);
}

/**
 * wd_table_place_install:
 * @widget_class: of #WdTable, with its template
 */
void
wd_table_place_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WdTable, go_button);
  gtk_widget_class_bind_template_child (widget_class, WdTable, go_entry);
  gtk_widget_class_bind_template_child (widget_class, WdTable, go_problem);
  gtk_widget_class_bind_template_callback_full (widget_class, "go_changed_cb",
                                                G_CALLBACK (changed_cb));
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
}

/**
 * wd_table_place_set_up:
 * @self: a table with its list
 *
 * Keeps the list informed of what is in sight.
 */
void
wd_table_place_set_up (WdTable *self)
{
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (viewport_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "restarted", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
}

/**
 * wd_table_place_update:
 * @self: a table
 *
 * State to widgets: only a list in the order of time can be asked for one.
 */
void
wd_table_place_update (WdTable *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button),
                            wd_paged_list_get_sort (self->list, NULL) == WD_SORT_CREATED
                            && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0);
}

/**
 * wd_table_go_to:
 * @self: a table
 *
 * Asks for a time to scroll to.
 */
void
wd_table_go_to (WdTable *self)
{
  g_return_if_fail (WD_IS_TABLE (self));

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->go_button)))
    gtk_menu_button_popup (self->go_button);
}
