/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows behind a #WdPagedList, of which only those somebody looks at are in memory.
 *
 * The list is cut into blocks. Each knows the key after which its rows come (a cursor) and how many
 * they are, so that it can be read, read again and forgotten by itself; where one block ends the
 * next begins, and no row is in two of them. One block at most is the gap: how many rows are
 * missing there may be known, but no key inside it. It shrinks from the front and from the end as
 * pages are read, and is divided where somebody brings the keys of every so many rows.
 *
 * Blocks that are not read have placeholders, made when they are asked for. A placeholder becomes
 * the row: the object stays, so selection, focus and scroll position, which hold on to it, stay
 * too. Only what really comes or goes changes the places of others. */

#include "session/wd-row-store-private.h"

/* More rows than a column view keeps widgets for. */
#define MAX_REUSED 256

WdBlock *
wd_block_new (const char *cursor, guint start, guint n_rows)
{
  WdBlock *self = g_new0 (WdBlock, 1);

  self->cursor = g_strdup (cursor);
  self->time = WD_STRETCH_TIME_UNKNOWN;
  self->start = start;
  self->n_rows = n_rows;
  return self;
}

static void
free_block (gpointer data)
{
  WdBlock *block = data;

  g_free (block->cursor);
  g_clear_pointer (&block->rows, g_ptr_array_unref);
  g_free (block);
}

/**
 * wd_row_store_new:
 * @owner: (transfer none): the list it belongs to, whose `items-changed` it emits; must outlive it
 * @kind: (transfer none): what the rows are
 *
 * Returns: (transfer full): a store without rows
 */
WdRowStore *
wd_row_store_new (GListModel *owner, const WdListKind *kind)
{
  WdRowStore *self = g_new0 (WdRowStore, 1);

  self->owner = owner;
  self->kind = kind;
  self->blocks = g_ptr_array_new_with_free_func (free_block);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->others = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_queue_init (&self->untold);
  g_ptr_array_add (self->blocks, wd_block_new (NULL, 0, 0));
  return self;
}

/**
 * wd_row_store_free:
 * @self: (transfer full): a store; rows that somebody holds live on
 */
void
wd_row_store_free (WdRowStore *self)
{
  g_queue_clear_full (&self->untold, g_object_unref);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->others);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/**
 * wd_row_store_get_item:
 * @self: a store
 * @position: from 0
 *
 * Returns: (transfer full) (nullable): the #WdRow there, a placeholder too; %NULL beyond the end
 */
gpointer
wd_row_store_get_item (WdRowStore *self, guint position)
{
  WdRow *row;

  if (position >= self->n_items)
    return NULL;
  row = wd_row_store_peek (self, position);
  if (row == NULL)
    row = g_hash_table_lookup (self->others, GUINT_TO_POINTER (position));
  if (row == NULL)
    {
      row = wd_row_new (self->kind, NULL);
      g_hash_table_insert (self->others, GUINT_TO_POINTER (position), row);
    }
  return g_object_ref (row);
}

/* Adds a block that takes its rows from those beside it. */
void
wd_row_store_insert_block (WdRowStore *self, guint index, WdBlock *block)
{
  g_ptr_array_insert (self->blocks, (int) index, block);
}

/* Moves the placeholders behind a change along. */
static void
move_others (WdRowStore *self, guint end, guint position, int by)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->others);
  GHashTableIter iter;
  gpointer place, row;

  self->others = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &place, &row))
    {
      guint p = GPOINTER_TO_UINT (place);

      if (p >= position && p < end)
        continue;
      g_hash_table_insert (self->others,
                           GUINT_TO_POINTER (p < position ? p : (guint) ((int) p + by)),
                           g_object_ref (row));
    }
}

/* Tells that block @index now has other rows at @position; its own array is right already. */
void
wd_row_store_change (WdRowStore *self, guint index, guint position, guint n_removed, guint n_added)
{
  int by = (int) n_added - (int) n_removed;

  if (n_removed == 0 && n_added == 0)
    return;
  get_block (self, index)->n_rows += (guint) by;
  for (guint i = index + 1; i < self->blocks->len; i++)
    get_block (self, i)->start += (guint) by;
  self->n_items += (guint) by;
  move_others (self, position + n_removed, position, by);
  g_list_model_items_changed (self->owner, position, n_removed, n_added);
}

/* Returns: (transfer full) (nullable): the placeholder there, if anybody ever asked for it */
WdRow *
wd_row_store_take_other (WdRowStore *self, guint position)
{
  gpointer row = NULL;

  g_hash_table_steal_extended (self->others, GUINT_TO_POINTER (position), NULL, &row);
  return row;
}

/* Whoever shows the row is told soon: many at once would hold up a frame. */
void
wd_row_store_fill (WdRowStore *self, WdRow *row, gpointer record)
{
  if (wd_row_replace (row, record))
    g_queue_push_tail (&self->untold, g_object_ref (row));
}

/**
 * wd_row_store_tell:
 * @self: a store
 * @n_rows: how many at most
 *
 * Tells those who show rows that were filled.
 *
 * Returns: whether there are more
 */
gboolean
wd_row_store_tell (WdRowStore *self, guint n_rows)
{
  while (n_rows > 0 && !g_queue_is_empty (&self->untold))
    {
      g_autoptr (WdRow) row = g_queue_pop_head (&self->untold);

      if (wd_row_tell (row))
        n_rows--;
    }
  return !g_queue_is_empty (&self->untold);
}

/**
 * wd_row_store_begin:
 * @self: a store
 * @records: (element-type gpointer): the first page of a new query
 * @next_cursor: (nullable): of its last row, where more follow
 *
 * Replaces everything. The first rows there were serve again, as placeholders where they are not
 * needed yet: a view makes new widgets for new rows, which would hold it up.
 */
void
wd_row_store_begin (WdRowStore *self, GPtrArray *records, const char *next_cursor)
{
  guint n_old = self->n_items;
  guint n_kept = MIN (n_old, next_cursor != NULL ? MAX_REUSED : MIN (MAX_REUSED, records->len));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  WdBlock *block = wd_block_new (NULL, 0, records->len);

  for (guint i = 0; i < MAX (n_kept, records->len); i++)
    g_ptr_array_add (rows, i < n_kept ? wd_row_store_get_item (self, i)
                                      : wd_row_new (self->kind, NULL));
  g_ptr_array_set_size (self->blocks, 0);
  g_hash_table_remove_all (self->by_id);
  g_hash_table_remove_all (self->others);
  block->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      WdRow *row = rows->pdata[i];

      wd_row_store_fill (self, row, i < records->len ? records->pdata[i] : NULL);
      if (i < records->len)
        {
          g_ptr_array_add (block->rows, g_object_ref (row));
          g_hash_table_insert (self->by_id, g_strdup (wd_row_get_id (row)), row);
        }
      else
        g_hash_table_insert (self->others, GUINT_TO_POINTER (i), g_object_ref (row));
    }
  self->n_loaded = records->len;
  self->n_items = rows->len;
  g_ptr_array_add (self->blocks, block);
  if (next_cursor != NULL)
    {
      block = wd_block_new (next_cursor, records->len, rows->len - records->len);
      if (records->len > 0)
        block->time = self->kind->get_created (records->pdata[records->len - 1]);
      block->is_gap = TRUE;
      g_ptr_array_add (self->blocks, block);
    }
  if (n_old > n_kept || rows->len > n_kept)
    g_list_model_items_changed (self->owner, n_kept, n_old - n_kept, rows->len - n_kept);
}

static gboolean
is_held (gpointer row)
{
  return g_atomic_int_get (&G_OBJECT (row)->ref_count) > 1;
}

static gboolean
forget_cb (gpointer place, gpointer row, gpointer data)
{
  return !is_held (row);
}

/* Takes the rows of a block nobody looks at out of memory. */
static void
unload (WdRowStore *self, WdBlock *block)
{
  for (guint i = 0; i < block->rows->len; i++)
    if (is_held (block->rows->pdata[i]))
      return;
  for (guint i = 0; i < block->rows->len; i++)
    g_hash_table_remove (self->by_id, wd_row_get_id (block->rows->pdata[i]));
  self->n_loaded -= block->rows->len;
  g_clear_pointer (&block->rows, g_ptr_array_unref);
}

/**
 * wd_row_store_evict:
 * @self: a store
 * @first: of the rows that are looked at
 * @end: behind the last of them
 * @n_rows: how many may stay in memory
 *
 * Forgets rows that nobody holds, where there are too many: they are read again when needed.
 */
void
wd_row_store_evict (WdRowStore *self, guint first, guint end, guint n_rows)
{
  if (self->n_loaded <= n_rows)
    return;
  g_hash_table_foreach_remove (self->others, forget_cb, NULL);
  /* The first block stays: what comes in above is told by it. */
  for (guint i = 1; i < self->blocks->len; i++)
    {
      WdBlock *block = get_block (self, i);

      if (block->rows != NULL && (block->start + block->n_rows < first || block->start > end))
        unload (self, block);
    }
}
