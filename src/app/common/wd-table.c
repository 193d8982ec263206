/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A table over a #WdPagedList: its columns, its order, what stands there while it is empty, and
 * the bar below. Sorting is the backend's: a click on a header becomes another query. */

#include "app/common/wd-table.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-table-columns.h"
#include "app/common/wd-table-private.h"
#include "app/preferences/wd-preferences.h"
#include "base/wd-error.h"
#include "session/wd-row.h"

#define TICKS_PER_TELLING 5

enum {
  SIGNAL_ROW_ACTIVATED,
  SIGNAL_CLEAR_FILTERS,
  SIGNAL_REFUSED,
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_LAYOUT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdTable, wd_table, GTK_TYPE_WIDGET)

static void
selection_cb (WdTable *self)
{
  wd_table_update_selection (self);
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
layout_cb (WdTable *self)
{
  g_signal_emit (self, signals[SIGNAL_LAYOUT_CHANGED], 0);
}

/* A list that cannot be sorted like that goes back to the order it opened in. */
static void
state_changed_cb (WdTable *self)
{
  const GError *error = wd_paged_list_get_error (self->list);
  gboolean ascending;
  WdSort sort = wd_paged_list_get_sort (self->list, &ascending);

  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED)
      && (sort != self->spec->sort || ascending))
    {
      g_autofree char *text = g_strdup (error->message);

      wd_table_sort_reset (self->sort);
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, text);
      return;
    }
  wd_table_update (self);
}

/* Whoever looks at the top goes on looking at the top when rows come in above. */
static void
items_changed_cb (WdTable *self, guint position, guint removed, guint added)
{
  if (self->at_top && position == 0 && added > 0)
    wd_table_columns_scroll_to (self->view, 0);
}

/* Numbers and times are written differently, or rows are higher. */
static void
preferences_cb (WdTable *self)
{
  if (wd_preferences_get_density (wd_preferences_get ()) == WD_DENSITY_COMFORTABLE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "comfortable");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "comfortable");
  for (guint i = 0; i < self->columns->len; i++)
    wd_table_column_retell (self->columns->pdata[i]);
  wd_table_update (self);
}

static void
pill_cb (WdTable *self)
{
  wd_table_columns_scroll_to (self->view, 0);
  self->going = FALSE;
  self->at_top = TRUE;
  wd_paged_list_take_new (self->list);
}

static void
retry_cb (WdTable *self)
{
  wd_paged_list_reload (self->list);
}

static void
clear_filters_cb (WdTable *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR_FILTERS], 0);
}

static void
activate_cb (WdTable *self, guint position)
{
  g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row != NULL && wd_row_get_record (row) != NULL)
    g_signal_emit (self, signals[SIGNAL_ROW_ACTIVATED], 0, row);
}

static void
sort_cb (WdTable *self)
{
  gboolean ascending;
  WdSort sort = wd_table_sort_get (self->sort, &ascending);
  gboolean list_ascending;
  WdSort list_sort = wd_paged_list_get_sort (self->list, &list_ascending);
  gconstpointer filter = wd_paged_list_get_filter (self->list);

  wd_table_layout_set_sort (self->layout, sort, ascending);
  if (filter == NULL || (sort == list_sort && ascending == list_ascending))
    return;
  wd_table_columns_scroll_to (self->view, 0);
  wd_paged_list_set_query (self->list, filter, sort, ascending);
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  return gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), NULL);
}

static gboolean
select_all_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  wd_table_selection_select_all (WD_TABLE (widget)->selection);
  return TRUE;
}

static gboolean
unselect_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  WdTable *self = WD_TABLE (widget);
  gboolean any = wd_table_selection_get_n_rows (self->selection) > 0;

  wd_table_selection_clear (self->selection);
  return any;
}

static void
wd_table_dispose (GObject *object)
{
  WdTable *self = WD_TABLE (object);
  GtkWidget *child;

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      gtk_column_view_set_model (self->view, NULL);
      wd_table_columns_remove (self->view, self->columns);
    }
  g_clear_pointer (&self->fade, wd_table_fade_free);
  g_clear_object (&self->sort);
  g_clear_object (&self->order_actions);
  if (self->layout != NULL)
    g_object_run_dispose (G_OBJECT (self->layout));
  g_clear_object (&self->layout);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_table_parent_class)->dispose (object);
}

static void
wd_table_class_init (WdTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_table_dispose;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy_cb, "s",
                                "rows.copy");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, copy_cb,
                                "s", "rows.copy-csv");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_j, GDK_CONTROL_MASK | GDK_SHIFT_MASK, copy_cb,
                                "s", "rows.copy-json");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, unselect_cb, NULL);

  signals[SIGNAL_ROW_ACTIVATED] =
    g_signal_new ("row-activated", WD_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, WD_TYPE_ROW);
  signals[SIGNAL_CLEAR_FILTERS] =
    g_signal_new ("clear-filters", WD_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] =
    g_signal_new ("refused", WD_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SELECTION_CHANGED] =
    g_signal_new ("selection-changed", WD_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  signals[SIGNAL_LAYOUT_CHANGED] =
    g_signal_new ("layout-changed", WD_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (WD_TYPE_TABLE_MESSAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-table.ui");
  gtk_widget_class_bind_template_child (widget_class, WdTable, stack);
  gtk_widget_class_bind_template_child (widget_class, WdTable, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdTable, view);
  gtk_widget_class_bind_template_child (widget_class, WdTable, pill);
  gtk_widget_class_bind_template_child (widget_class, WdTable, pill_button);
  gtk_widget_class_bind_template_child (widget_class, WdTable, pill_content);
  gtk_widget_class_bind_template_child (widget_class, WdTable, message);
  gtk_widget_class_bind_template_child (widget_class, WdTable, selection_box);
  gtk_widget_class_bind_template_child (widget_class, WdTable, selected);
  gtk_widget_class_bind_template_child (widget_class, WdTable, age);
  gtk_widget_class_bind_template_child (widget_class, WdTable, columns_button);
  gtk_widget_class_bind_template_child (widget_class, WdTable, sort_button);
  gtk_widget_class_bind_template_child (widget_class, WdTable, views_button);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, pill_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filters_cb);
  wd_table_menu_install (widget_class);
  wd_table_place_install (widget_class);
  wd_table_total_install (widget_class);
}

static void
wd_table_init (WdTable *self)
{
  self->at_top = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_table_new:
 * @spec: what it looks like; static
 * @list: what it shows
 *
 * Returns: (transfer floating): a table
 */
WdTable *
wd_table_new (const WdTableSpec *spec, WdPagedList *list)
{
  WdTable *self = g_object_new (WD_TYPE_TABLE, NULL);

  self->spec = spec;
  self->list = g_object_ref (list);
  self->columns = wd_table_columns_add (self->view, spec->columns, spec->n_columns);
  self->layout = wd_table_layout_new (
    GTK_WIDGET (self), self->view,
    gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)), self->columns,
    spec->settings_key);
  gtk_menu_button_set_menu_model (self->columns_button, wd_table_layout_get_menu (self->layout));
  g_signal_connect_object (self->layout, "changed", G_CALLBACK (layout_cb), self,
                           G_CONNECT_SWAPPED);
  self->sort = wd_table_sort_new (self->view, self->columns, spec);
  g_signal_connect_object (self->sort, "changed", G_CALLBACK (sort_cb), self, G_CONNECT_SWAPPED);

  self->selection = wd_table_selection_new (list);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, wd_table_selection_get_model (self->selection));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _(spec->name), -1);

  self->fade = wd_table_fade_new (self->view);
  wd_table_place_set_up (self);
  wd_table_wheel_set_up (self);
  wd_table_order_set_up (self);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (list, "state-changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (preferences_cb), self,
                           G_CONNECT_SWAPPED);
  preferences_cb (self);
  return self;
}

/**
 * wd_table_set_filter:
 * @self: a table
 * @filter: for its list; copied
 *
 * Shows what passes @filter, from the top, in the order chosen.
 */
void
wd_table_set_filter (WdTable *self, gconstpointer filter)
{
  gboolean ascending;
  WdSort sort;

  g_return_if_fail (WD_IS_TABLE (self));

  sort = wd_table_sort_get (self->sort, &ascending);
  wd_table_columns_scroll_to (self->view, 0);
  self->at_top = TRUE;
  wd_paged_list_set_query (self->list, filter, sort, ascending);
}

/**
 * wd_table_dup_selected:
 * @self: a table
 *
 * Returns: (transfer full) (element-type WdRow): the selected rows, from top to bottom
 */
GPtrArray *
wd_table_dup_selected (WdTable *self)
{
  g_return_val_if_fail (WD_IS_TABLE (self), NULL);

  return wd_table_selection_dup_rows (self->selection);
}

/**
 * wd_table_tick:
 * @self: a table
 *
 * To be called every second; tells ages anew every few seconds, all at once: a column of seconds
 * each of which moves by itself is restless to read, and costs a redraw every second.
 */
void
wd_table_tick (WdTable *self)
{
  g_return_if_fail (WD_IS_TABLE (self));

  if (++self->ticks >= TICKS_PER_TELLING)
    wd_table_tell_ages (self);
}

/**
 * wd_table_tell_ages:
 * @self: a table
 *
 * Tells ages anew, now.
 */
void
wd_table_tell_ages (WdTable *self)
{
  WdTime now = wd_time_now ();

  g_return_if_fail (WD_IS_TABLE (self));

  self->ticks = 0;

  for (guint i = 0; i < self->columns->len; i++)
    wd_table_column_tick (self->columns->pdata[i], now);
}
