/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of schedulers, of which one may be selected. */

#include "app/queues/wd-scheduler-table.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-table-columns.h"
#include "app/common/wd-table-layout.h"
#include "app/queues/wd-scheduler-columns.h"
#include "session/wd-row.h"

struct _WdSchedulerTable {
  GtkWidget parent_instance;

  GHashTable *seen;          /* (owned) (element-type utf8): keys of @rows */
  char *wanted;              /* (owned) (nullable): key of what was selected before */
  GListStore *rows;          /* (owned) (element-type WdRow) */
  GtkSingleSelection *selection;          /* (owned) */
  GPtrArray *columns;        /* (owned) (element-type WdTableColumn) */
  WdTableLayout *layout;     /* (owned) */
  GtkWidget *scroller;
  GtkColumnView *view;
};

enum {
  SIGNAL_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdSchedulerTable, wd_scheduler_table, GTK_TYPE_WIDGET)

static void
selected_cb (WdSchedulerTable *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

/* What was selected stays so. */
static void
select_wanted (WdSchedulerTable *self)
{
  for (guint i = 0; self->wanted != NULL && i < wd_scheduler_table_get_length (self); i++)
    {
      g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      const WdScheduler *scheduler = wd_row_get_record (row);

      if (g_strcmp0 (scheduler->key, self->wanted) != 0)
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      g_clear_pointer (&self->wanted, g_free);
    }
}

static gboolean
wd_scheduler_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WD_SCHEDULER_TABLE (widget)->view));
}

static void
wd_scheduler_table_dispose (GObject *object)
{
  WdSchedulerTable *self = WD_SCHEDULER_TABLE (object);

  g_clear_object (&self->layout);
  if (self->columns != NULL)
    wd_table_columns_remove (self->view, self->columns);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (wd_scheduler_table_parent_class)->dispose (object);
}

static void
wd_scheduler_table_finalize (GObject *object)
{
  WdSchedulerTable *self = WD_SCHEDULER_TABLE (object);

  g_hash_table_unref (self->seen);
  g_free (self->wanted);
  G_OBJECT_CLASS (wd_scheduler_table_parent_class)->finalize (object);
}

static void
wd_scheduler_table_class_init (WdSchedulerTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_scheduler_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_scheduler_table_finalize;
  widget_class->grab_focus = wd_scheduler_table_grab_focus;

  /**
   * WdSchedulerTable::selected:
   *
   * Another one is, or none.
   */
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", WD_TYPE_SCHEDULER_TABLE, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wd_scheduler_table_init (WdSchedulerTable *self)
{
  guint n_columns;
  const WdColumnSpec *columns = wd_scheduler_columns (&n_columns);
  GtkAdjustment *room;

  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_list_store_new (WD_TYPE_ROW);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), 150);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_reorderable (self->view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "pane");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Schedulers"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  room = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  self->columns = wd_table_columns_add (self->view, columns, n_columns);
  self->layout = wd_table_layout_new (GTK_WIDGET (self), self->view, room, self->columns, NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  wd_copy_keys_add (self->view, wd_scheduler_columns_copy ());
}

/**
 * wd_scheduler_table_clear:
 * @self: a table
 *
 * Takes all out. What was selected is so again when it comes back.
 */
void
wd_scheduler_table_clear (WdSchedulerTable *self)
{
  const WdScheduler *selected;

  g_return_if_fail (WD_IS_SCHEDULER_TABLE (self));

  selected = wd_scheduler_table_get_selected (self);
  if (selected != NULL)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (selected->key);
    }
  g_hash_table_remove_all (self->seen);
  g_list_store_remove_all (self->rows);
}

/**
 * wd_scheduler_table_add:
 * @self: a table
 * @page: what to add; one that is there already ran while they were read, and is left out
 * @most: how many there may be in all
 */
void
wd_scheduler_table_add (WdSchedulerTable *self, const WdSchedulerPage *page, guint most)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n;

  g_return_if_fail (WD_IS_SCHEDULER_TABLE (self));

  n = wd_scheduler_table_get_length (self);
  for (guint i = 0; i < page->items->len && n + rows->len < most; i++)
    {
      WdScheduler *scheduler = page->items->pdata[i];

      if (g_hash_table_add (self->seen, g_strdup (scheduler->key)))
        g_ptr_array_add (rows, wd_row_new (wd_scheduler_columns_kind (), scheduler));
    }
  g_list_store_splice (self->rows, n, 0, rows->pdata, rows->len);
  select_wanted (self);
}

/**
 * wd_scheduler_table_get_length:
 * @self: a table
 *
 * Returns: how many it shows
 */
guint
wd_scheduler_table_get_length (WdSchedulerTable *self)
{
  g_return_val_if_fail (WD_IS_SCHEDULER_TABLE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

/**
 * wd_scheduler_table_count_odd:
 * @self: a table
 * @page: the last one that was read
 *
 * Returns: of how many there is something to be said
 */
guint
wd_scheduler_table_count_odd (WdSchedulerTable *self, const WdSchedulerPage *page)
{
  guint n = 0;

  for (guint i = 0; i < wd_scheduler_table_get_length (self); i++)
    {
      g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      g_autofree char *oddity = wd_scheduler_describe_oddity (wd_row_get_record (row), page);

      n += oddity != NULL;
    }
  return n;
}

/**
 * wd_scheduler_table_get_selected:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): what is selected
 */
const WdScheduler *
wd_scheduler_table_get_selected (WdSchedulerTable *self)
{
  WdRow *row;

  g_return_val_if_fail (WD_IS_SCHEDULER_TABLE (self), NULL);

  row = gtk_single_selection_get_selected_item (self->selection);
  return row != NULL ? wd_row_get_record (row) : NULL;
}

/**
 * wd_scheduler_table_tick:
 * @self: a table
 * @now: what time it is
 *
 * Tells ages anew.
 */
void
wd_scheduler_table_tick (WdSchedulerTable *self, WdTime now)
{
  g_return_if_fail (WD_IS_SCHEDULER_TABLE (self));

  for (guint i = 0; i < self->columns->len; i++)
    wd_table_column_tick (self->columns->pdata[i], now);
}
