/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which column header was clicked, and which way.
 *
 * GTK 4.8 does not tell: a column view has one sorter, which puts its columns' sorters one behind
 * the other and turns the answer of a descending one round. So each column gets a sorter that
 * only notes down its column when it is asked, and answers "smaller"; comparing anything with
 * anything by the view's sorter then asks the first column, and the answer says which way. */

#include "app/common/wd-table-sort.h"

#include "app/common/wd-table-layout.h"

struct _WdTableSort {
  GObject parent_instance;

  GtkColumnView *view;       /* not owned: the table's */
  GPtrArray *columns;        /* not owned: the table's */
  const WdColumnSpec *asked; /* (nullable): the column asked first in the comparison under way */
  WdSort sort;
  gboolean ascending;
  WdSort default_sort;
  gboolean default_ascending;
};

/* What a column's sorter writes to. */
typedef struct {
  WdTableSort *self;
  const WdColumnSpec *spec;
} Note;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdTableSort, wd_table_sort, G_TYPE_OBJECT)

static int
note_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Note *note = data;

  if (note->self->asked == NULL)
    note->self->asked = note->spec;
  return -1;
}

static void
sorter_changed_cb (WdTableSort *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  GtkOrdering ordering;

  self->asked = NULL;
  ordering = gtk_sorter_compare (sorter, self->view, self);
  if (self->asked == NULL)
    {
      self->sort = self->default_sort;
      self->ascending = self->default_ascending;
    }
  else
    {
      self->sort = (WdSort) self->asked->sort;
      self->ascending = ordering == GTK_ORDERING_SMALLER;
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wd_table_sort_class_init (WdTableSortClass *klass)
{
  /**
   * WdTableSort::changed:
   *
   * A header was clicked.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_TABLE_SORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_table_sort_init (WdTableSort *self)
{
}

/* Clearing first takes the arrow off the column that had it. */
static void
show_order (WdTableSort *self)
{
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  for (guint i = 0; i < self->columns->len; i++)
    if (wd_table_column_get_spec (self->columns->pdata[i])->sort == (int) self->sort)
      gtk_column_view_sort_by_column (self->view,
                                      wd_table_column_get_column (self->columns->pdata[i]),
                                      self->ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
}

/**
 * wd_table_sort_new:
 * @view: a view with its columns
 * @columns: (element-type WdTableColumn): the same; must outlive the sort
 * @spec: has the order to go back to; the one to begin with is the one chosen last
 *
 * Returns: (transfer full): the order of @view
 */
WdTableSort *
wd_table_sort_new (GtkColumnView *view, GPtrArray *columns, const WdTableSpec *spec)
{
  WdTableSort *self = g_object_new (WD_TYPE_TABLE_SORT, NULL);

  self->view = view;
  self->columns = columns;
  self->default_sort = spec->sort;
  self->sort = wd_table_layout_read_sort (spec, &self->ascending);
  for (guint i = 0; i < columns->len; i++)
    {
      g_autoptr (GtkSorter) sorter = NULL;
      const WdColumnSpec *column = wd_table_column_get_spec (columns->pdata[i]);
      Note *note;

      if (column->sort == WD_SORT_NONE)
        continue;
      note = g_new0 (Note, 1);
      note->self = self;
      note->spec = column;
      sorter = GTK_SORTER (gtk_custom_sorter_new (note_cb, note, g_free));
      gtk_column_view_column_set_sorter (wd_table_column_get_column (columns->pdata[i]), sorter);
    }
  show_order (self);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_table_sort_get:
 * @self: the order of a table
 * @ascending: (out): else descending
 *
 * Returns: by what its rows are sorted now
 */
WdSort
wd_table_sort_get (WdTableSort *self, gboolean *ascending)
{
  g_return_val_if_fail (WD_IS_TABLE_SORT (self), WD_SORT_CREATED);

  *ascending = self->ascending;
  return self->sort;
}

/**
 * wd_table_sort_show:
 * @self: an order
 * @sort: by what the rows are sorted
 * @ascending: else descending
 *
 * Shows it, and emits nothing.
 */
void
wd_table_sort_show (WdTableSort *self, WdSort sort, gboolean ascending)
{
  GtkSorter *sorter;

  g_return_if_fail (WD_IS_TABLE_SORT (self));

  sorter = gtk_column_view_get_sorter (self->view);
  g_signal_handlers_block_by_func (sorter, sorter_changed_cb, self);
  self->sort = sort;
  self->ascending = ascending;
  show_order (self);
  g_signal_handlers_unblock_by_func (sorter, sorter_changed_cb, self);
}

/**
 * wd_table_sort_set:
 * @self: an order
 * @sort: by what the rows are to be sorted
 * @ascending: else descending
 *
 * As a click on a header.
 */
void
wd_table_sort_set (WdTableSort *self, WdSort sort, gboolean ascending)
{
  g_return_if_fail (WD_IS_TABLE_SORT (self));

  wd_table_sort_show (self, sort, ascending);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * wd_table_sort_reset:
 * @self: an order
 *
 * Goes back to the order the table opened in.
 */
void
wd_table_sort_reset (WdTableSort *self)
{
  g_return_if_fail (WD_IS_TABLE_SORT (self));

  wd_table_sort_set (self, self->default_sort, self->default_ascending);
}
