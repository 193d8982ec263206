/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows of a table are selected. GTK remembers places; what an admin selected are records. So
 * the ids are kept beside it: a row that is taken out and put back elsewhere stays selected, a
 * placeholder never is, however it is filled later, and a list that starts over begins with
 * none. */

#include "app/common/wd-table-selection.h"

struct _WdTableSelection {
  GObject parent_instance;

  WdPagedList *list;             /* (owned) */
  GtkSelectionModel *model;      /* (owned) */
  GHashTable *ids;               /* (owned) (element-type utf8 utf8): of the selected records */
  gboolean updating;             /* the model is being set right, not chosen in */
  guint settle_source;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdTableSelection, wd_table_selection, G_TYPE_OBJECT)

static void
unselect (WdTableSelection *self, guint position, guint n_items)
{
  self->updating = TRUE;
  gtk_selection_model_unselect_range (self->model, position, n_items);
  self->updating = FALSE;
}

static void
selection_changed_cb (WdTableSelection *self, guint position, guint n_items)
{
  guint end = MIN (position + n_items, g_list_model_get_n_items (G_LIST_MODEL (self->list)));

  if (self->updating)
    return;
  for (guint i = position; i < end; i++)
    {
      WdRow *row = wd_paged_list_peek (self->list, i);
      const char *id = row != NULL ? wd_row_get_id (row) : NULL;
      gboolean selected = gtk_selection_model_is_selected (self->model, i);

      if (!selected)
        {
          if (id != NULL)
            g_hash_table_remove (self->ids, id);
        }
      else if (id != NULL && (g_hash_table_contains (self->ids, id)
                              || g_hash_table_size (self->ids) < WD_TABLE_SELECTION_MAX))
        g_hash_table_add (self->ids, g_strdup (id));
      else
        unselect (self, i, id != NULL ? 1 : end - i);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Whoever was taken out is back by now, or gone. */
static gboolean
settle_cb (gpointer data)
{
  WdTableSelection *self = data;
  g_autoptr (GPtrArray) rows = wd_table_selection_dup_rows (self);
  gboolean changed = rows->len != g_hash_table_size (self->ids);

  self->settle_source = 0;
  g_hash_table_remove_all (self->ids);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (self->ids, g_strdup (wd_row_get_id (rows->pdata[i])));
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
items_changed_cb (WdTableSelection *self, guint position, guint removed, guint added)
{
  if (g_hash_table_size (self->ids) == 0)
    return;
  for (guint i = position; i < position + added; i++)
    {
      WdRow *row = wd_paged_list_peek (self->list, i);

      if (row == NULL || !g_hash_table_contains (self->ids, wd_row_get_id (row)))
        continue;
      self->updating = TRUE;
      gtk_selection_model_select_item (self->model, i, FALSE);
      self->updating = FALSE;
    }
  if (removed > 0 && self->settle_source == 0)
    self->settle_source = g_idle_add (settle_cb, self);
}

static void
wd_table_selection_dispose (GObject *object)
{
  WdTableSelection *self = WD_TABLE_SELECTION (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (wd_table_selection_parent_class)->dispose (object);
}

static void
wd_table_selection_finalize (GObject *object)
{
  g_hash_table_unref (WD_TABLE_SELECTION (object)->ids);
  G_OBJECT_CLASS (wd_table_selection_parent_class)->finalize (object);
}

static void
wd_table_selection_class_init (WdTableSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_table_selection_dispose;
  object_class->finalize = wd_table_selection_finalize;

  /**
   * WdTableSelection::changed:
   *
   * Other records are selected.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_TABLE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_table_selection_init (WdTableSelection *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * wd_table_selection_new:
 * @list: of what
 *
 * Returns: (transfer full): a selection of no row
 */
WdTableSelection *
wd_table_selection_new (WdPagedList *list)
{
  WdTableSelection *self = g_object_new (WD_TYPE_TABLE_SELECTION, NULL);

  self->list = g_object_ref (list);
  self->model = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (list))));
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  /* After the model has moved its places along. */
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (list, "restarted", G_CALLBACK (wd_table_selection_clear), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_table_selection_get_model:
 * @self: a selection
 *
 * Returns: (transfer none): for a view
 */
GtkSelectionModel *
wd_table_selection_get_model (WdTableSelection *self)
{
  g_return_val_if_fail (WD_IS_TABLE_SELECTION (self), NULL);

  return self->model;
}

/**
 * wd_table_selection_get_n_rows:
 * @self: a selection
 *
 * Returns: how many rows are selected
 */
guint
wd_table_selection_get_n_rows (WdTableSelection *self)
{
  g_return_val_if_fail (WD_IS_TABLE_SELECTION (self), 0);

  return g_hash_table_size (self->ids);
}

/**
 * wd_table_selection_dup_rows:
 * @self: a selection
 *
 * Returns: (transfer full) (element-type WdRow): the selected rows, none of them a placeholder, in
 *   the order of the list
 */
GPtrArray *
wd_table_selection_dup_rows (WdTableSelection *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) places = NULL;
  GtkBitsetIter iter;
  guint place;

  g_return_val_if_fail (WD_IS_TABLE_SELECTION (self), rows);

  places = gtk_selection_model_get_selection (self->model);
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, places, &place); valid;
       valid = gtk_bitset_iter_next (&iter, &place))
    {
      WdRow *row = wd_paged_list_peek (self->list, place);

      if (row != NULL)
        g_ptr_array_add (rows, g_object_ref (row));
    }
  return rows;
}

/**
 * wd_table_selection_has_row:
 * @self: a selection
 * @position: of a row in the list
 *
 * Returns: whether it is selected
 */
gboolean
wd_table_selection_has_row (WdTableSelection *self, guint position)
{
  g_return_val_if_fail (WD_IS_TABLE_SELECTION (self), FALSE);

  return gtk_selection_model_is_selected (self->model, position);
}

/**
 * wd_table_selection_select_all:
 * @self: a selection
 *
 * Selects the rows loaded so far, as many as may be selected at once.
 */
void
wd_table_selection_select_all (WdTableSelection *self)
{
  g_return_if_fail (WD_IS_TABLE_SELECTION (self));

  gtk_selection_model_select_range (self->model, 0,
                                    MIN (wd_paged_list_get_n_loaded (self->list),
                                         WD_TABLE_SELECTION_MAX), TRUE);
}

/**
 * wd_table_selection_select_only:
 * @self: a selection
 * @position: of the row to select, and no other
 */
void
wd_table_selection_select_only (WdTableSelection *self, guint position)
{
  g_return_if_fail (WD_IS_TABLE_SELECTION (self));

  gtk_selection_model_select_item (self->model, position, TRUE);
}

/**
 * wd_table_selection_clear:
 * @self: a selection
 *
 * Selects nothing.
 */
void
wd_table_selection_clear (WdTableSelection *self)
{
  g_return_if_fail (WD_IS_TABLE_SELECTION (self));

  gtk_selection_model_unselect_all (self->model);
}
