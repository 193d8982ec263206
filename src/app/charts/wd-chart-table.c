/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a chart shows, as numbers; the latest bar first. */

#include "app/charts/wd-chart-table.h"

#include <glib/gi18n-lib.h>

#include "app/charts/wd-chart-copy.h"
#include "app/charts/wd-chart-row.h"
#include "app/common/wd-focus.h"

/* The data of a cell: which column it is in. */
#define COLUMN "wd-column"

struct _WdChartTable {
  GtkWidget parent_instance;

  const WdChartMetric *metric;
  GListStore *rows;          /* (owned) */
  GtkWidget *scroller;
  GtkColumnView *view;
};

enum {
  SIGNAL_OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdChartTable, wd_chart_table, GTK_TYPE_WIDGET)

static void
set_up_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), GPOINTER_TO_UINT (column) == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
show_text (GtkListItem *item, guint column)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      wd_chart_row_get_text (gtk_list_item_get_item (item), column));
}

static void
changed_cb (WdChartRow *row, GtkListItem *item)
{
  show_text (item, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), COLUMN)));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_object_set_data (G_OBJECT (item), COLUMN, column);
  show_text (item, GPOINTER_TO_UINT (column));
  g_signal_connect (gtk_list_item_get_item (item), "changed", G_CALLBACK (changed_cb), item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), changed_cb, item);
}

static void
add_column (WdChartTable *self, const char *title, guint i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_cb), GUINT_TO_POINTER (i));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

static void
activate_cb (WdChartTable *self, guint position)
{
  g_autoptr (WdChartRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, wd_chart_row_get_bar (row), -1);
}

static void
wd_chart_table_dispose (GObject *object)
{
  WdChartTable *self = WD_CHART_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (wd_chart_table_parent_class)->dispose (object);
}

static void
wd_chart_table_class_init (WdChartTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_chart_table_dispose;

  /**
   * WdChartTable::open:
   * @bar: the bar whose jobs are wanted
   * @series: -1
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", WD_TYPE_CHART_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_chart_table_init (WdChartTable *self)
{
  GtkSingleSelection *selection;

  self->rows = g_list_store_new (WD_TYPE_CHART_ROW);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (selection)));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  wd_focus_one_stop (GTK_WIDGET (self->view));
  wd_copy_keys_add (self->view, wd_chart_copy ());
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * wd_chart_table_new:
 * @metric: what it shows
 *
 * Returns: (transfer floating): a table without rows
 */
WdChartTable *
wd_chart_table_new (const WdChartMetric *metric)
{
  WdChartTable *self = g_object_new (WD_TYPE_CHART_TABLE, NULL);
  const char *title = g_dgettext (GETTEXT_PACKAGE, metric->title);

  self->metric = metric;
  add_column (self, C_("chart", "When"), 0);
  for (guint i = 0; i < metric->n_series; i++)
    add_column (self, g_dgettext (GETTEXT_PACKAGE, metric->series[i].name), 1 + i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  return self;
}

static WdTime
get_from (WdChartTable *self, guint position)
{
  g_autoptr (WdChartRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  return wd_chart_row_get_point (row)->from;
}

/* Takes out the rows that @history has no bar for, so that those in between stay, and with them the
 * selection and the focus. Returns: how many of its latest bars are new, of which the rest then has
 * a row each; all of them when it has other bars altogether. */
static guint
keep_rows (WdChartTable *self, const WdHistory *history)
{
  GListModel *rows = G_LIST_MODEL (self->rows);
  guint n_bars = wd_history_get_length (history);
  guint n = g_list_model_get_n_items (rows);

  while (n > 0 && n_bars > 0 && get_from (self, n - 1) < wd_history_get_point (history, 0)->from)
    g_list_store_remove (self->rows, --n);
  for (guint i = 0; i < n; i++)
    if (n > n_bars || get_from (self, n - 1 - i) != wd_history_get_point (history, i)->from)
      {
        g_list_store_remove_all (self->rows);
        return n_bars;
      }
  return n_bars - n;
}

/**
 * wd_chart_table_set_history:
 * @self: a table
 * @history: what to show
 *
 * Rows of bars that were there before stay, and say what is now true.
 */
void
wd_chart_table_set_history (WdChartTable *self, const WdHistory *history)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_bars = wd_history_get_length (history);
  guint n_new;

  g_return_if_fail (WD_IS_CHART_TABLE (self));

  n_new = keep_rows (self, history);
  for (guint i = n_new; i < n_bars; i++)
    {
      g_autoptr (WdChartRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i - n_new);

      wd_chart_row_show (row, self->metric, history, n_bars - 1 - i);
    }
  for (guint i = 0; i < n_new; i++)
    g_ptr_array_add (rows, wd_chart_row_new (self->metric, history, n_bars - 1 - i));
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
}
