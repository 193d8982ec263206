/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows of a table are selected. GTK remembers places; what an admin selected are records. So
 * the rows are kept beside it by their ids: a row that is taken out and put back elsewhere stays
 * selected (and in memory), a placeholder never is, and a list that starts over begins with none.
 * Where one placeholder is chosen alone, as by the End key, its row is selected once it is read; so
 * are all rows, page after page, when all are to be selected. */

#include "app/common/wd-table-selection.h"

struct _WdTableSelection {
  GObject parent_instance;

  WdPagedList *list;             /* (owned) */
  GtkSelectionModel *model;      /* (owned) */
  GHashTable *ids;               /* (owned) (element-type utf8 WdRow): the selected records */
  WdRow *awaited;                /* (owned) (nullable): a placeholder, to be selected when read */
  gboolean updating;             /* the model is being set right, not chosen in */
  gboolean selecting_all;        /* all rows are to be selected, and more are to come */
  guint settle_source;
  guint arrived_source;
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
add (WdTableSelection *self, WdRow *row)
{
  g_hash_table_replace (self->ids, g_strdup (wd_row_get_id (row)), g_object_ref (row));
}

static void
stop_awaiting (WdTableSelection *self)
{
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
}

static void
stop_selecting_all (WdTableSelection *self)
{
  if (!self->selecting_all)
    return;
  self->selecting_all = FALSE;
  wd_paged_list_read_ahead (self->list, 0);
}

/* Selects what was read of all rows so far, from behind the last one selected. A row that is new
 * above it was not there when all were to be selected, and is none of the most at once either. */
static void
go_on_selecting_all (WdTableSelection *self)
{
  g_autoptr (GtkBitset) places = NULL;
  guint first, end, limit, n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (!self->selecting_all)
    return;
  if (wd_paged_list_get_error (self->list) != NULL)
    {
      stop_selecting_all (self);
      return;
    }
  places = gtk_selection_model_get_selection (self->model);
  first = end = gtk_bitset_is_empty (places) ? 0 : gtk_bitset_get_maximum (places) + 1;
  limit = WD_TABLE_SELECTION_MAX + first - (guint) gtk_bitset_get_size (places);
  while (end < MIN (n_items, limit) && wd_paged_list_peek (self->list, end) != NULL)
    end++;
  if (end > first)
    {
      self->updating = TRUE;
      gtk_selection_model_select_range (self->model, first, end - first, first == 0);
      self->updating = FALSE;
      for (guint i = first; i < end; i++)
        add (self, wd_paged_list_peek (self->list, i));
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  if (end >= limit || (end >= n_items && wd_paged_list_is_complete (self->list)))
    stop_selecting_all (self);
  else
    wd_paged_list_read_ahead (self->list, limit);
}

static gboolean
arrived_cb (gpointer data)
{
  WdTableSelection *self = data;
  g_autoptr (WdRow) row = g_steal_pointer (&self->awaited);
  const char *id = row != NULL ? wd_row_get_id (row) : NULL;
  guint position;

  self->arrived_source = 0;
  if (id != NULL && g_hash_table_size (self->ids) == 0
      && wd_paged_list_find (self->list, id, &position))
    gtk_selection_model_select_item (self->model, position, TRUE);
  return G_SOURCE_REMOVE;
}

/* The list must not be asked amid its own changes. */
static void
record_cb (WdTableSelection *self)
{
  g_signal_handlers_disconnect_by_data (self->awaited, self);
  if (self->arrived_source == 0)
    self->arrived_source = g_idle_add (arrived_cb, self);
}

static void
await (WdTableSelection *self, guint position)
{
  self->awaited = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  g_signal_connect_swapped (self->awaited, "notify::record", G_CALLBACK (record_cb), self);
}

static void
forget_unselected (WdTableSelection *self, GtkBitset *places)
{
  g_autoptr (GHashTable) selected = g_hash_table_new (NULL, NULL);
  GtkBitsetIter iter;
  GHashTableIter rows;
  gpointer row;
  guint place;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, places, &place); valid;
       valid = gtk_bitset_iter_next (&iter, &place))
    g_hash_table_add (selected, wd_paged_list_peek (self->list, place));
  g_hash_table_iter_init (&rows, self->ids);
  while (g_hash_table_iter_next (&rows, NULL, &row))
    if (!g_hash_table_contains (selected, row))
      g_hash_table_iter_remove (&rows);
}

/* A range may span millions of rows, of which no more than some thousands can be selected: so what
 * is selected is looked at, not what is not. */
static void
selection_changed_cb (WdTableSelection *self, guint position, guint n_items)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GtkBitset) places = NULL;
  GtkBitsetIter iter;
  guint place, end = position + n_items;

  if (self->updating)
    return;
  stop_awaiting (self);
  stop_selecting_all (self);
  /* The model's own changes as it is corrected. */
  selected = gtk_selection_model_get_selection (self->model);
  /* The view has keys of its own for all. */
  if (gtk_bitset_get_size (selected) == g_list_model_get_n_items (G_LIST_MODEL (self->list))
      && !wd_paged_list_is_complete (self->list))
    {
      wd_table_selection_select_all (self);
      return;
    }
  places = gtk_bitset_copy (selected);
  for (gboolean valid = gtk_bitset_iter_init_at (&iter, places, position, &place);
       valid && place < end; valid = gtk_bitset_iter_next (&iter, &place))
    {
      WdRow *row = wd_paged_list_peek (self->list, place);

      if (row != NULL && (g_hash_table_contains (self->ids, wd_row_get_id (row))
                          || g_hash_table_size (self->ids) < WD_TABLE_SELECTION_MAX))
        {
          add (self, row);
          continue;
        }
      if (row == NULL && gtk_bitset_get_size (places) == 1)
        await (self, place);
      unselect (self, place, end - place);
      gtk_bitset_remove_range (places, place, end - place);
      break;
    }
  forget_unselected (self, places);
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
    add (self, rows->pdata[i]);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
items_changed_cb (WdTableSelection *self, guint position, guint removed, guint added)
{
  if (g_hash_table_size (self->ids) == 0)
    return;
  /* So many at once are placeholders. */
  for (guint i = position; i < position + added && added <= WD_PAGE_LIMIT_MAX; i++)
    {
      WdRow *row = wd_paged_list_peek (self->list, i);

      if (row == NULL || !g_hash_table_contains (self->ids, wd_row_get_id (row)))
        continue;
      self->updating = TRUE;
      gtk_selection_model_select_item (self->model, i, FALSE);
      self->updating = FALSE;
      add (self, row);
    }
  if (removed > 0 && self->settle_source == 0)
    self->settle_source = g_idle_add (settle_cb, self);
}

static void
wd_table_selection_dispose (GObject *object)
{
  WdTableSelection *self = WD_TABLE_SELECTION (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_handle_id (&self->arrived_source, g_source_remove);
  stop_awaiting (self);
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
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
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
  g_signal_connect_object (list, "state-changed", G_CALLBACK (go_on_selecting_all), self,
                           G_CONNECT_SWAPPED);
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
 * Selects all rows, as many as may be selected at once; those that are not read yet as they come.
 */
void
wd_table_selection_select_all (WdTableSelection *self)
{
  g_return_if_fail (WD_IS_TABLE_SELECTION (self));

  stop_awaiting (self);
  self->updating = TRUE;
  gtk_selection_model_unselect_all (self->model);
  self->updating = FALSE;
  g_hash_table_remove_all (self->ids);
  self->selecting_all = TRUE;
  go_on_selecting_all (self);
}

/**
 * wd_table_selection_is_growing:
 * @self: a selection
 *
 * Returns: whether all rows are being selected and more are still to come
 */
gboolean
wd_table_selection_is_growing (WdTableSelection *self)
{
  g_return_val_if_fail (WD_IS_TABLE_SELECTION (self), FALSE);

  return self->selecting_all;
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

  stop_awaiting (self);
  stop_selecting_all (self);
  gtk_selection_model_unselect_all (self->model);
}
