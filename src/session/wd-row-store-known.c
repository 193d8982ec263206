/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of the rows of a #WdRowStore: how many they are, where each stands, and in which
 * stretches they come. Nothing here changes anything. */

#include "session/wd-row-store-private.h"

/**
 * wd_row_store_get_n_items:
 * @self: a store
 *
 * Returns: how many rows it has, placeholders too
 */
guint
wd_row_store_get_n_items (WdRowStore *self)
{
  return self->n_items;
}

/**
 * wd_row_store_get_n_loaded:
 * @self: a store
 *
 * Returns: how many rows are in memory, wherever they stand
 */
guint
wd_row_store_get_n_loaded (WdRowStore *self)
{
  return self->n_loaded;
}

/**
 * wd_row_store_find_stretch:
 * @self: a store
 * @position: of a row, or the end
 *
 * Returns: which block it is in
 */
guint
wd_row_store_find_stretch (WdRowStore *self, guint position)
{
  guint low = 0, high = self->blocks->len;

  /* The last one that does not begin behind it: empty ones begin where the next does. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (get_block (self, middle)->start <= position)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * wd_row_store_peek:
 * @self: a store
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): the row there; %NULL for a placeholder or beyond the end
 */
WdRow *
wd_row_store_peek (WdRowStore *self, guint position)
{
  WdBlock *block = get_block (self, wd_row_store_find_stretch (self, position));

  return block->rows != NULL && position - block->start < block->rows->len
           ? block->rows->pdata[position - block->start] : NULL;
}

/**
 * wd_row_store_find:
 * @self: a store
 * @id: of a record
 * @position: (out): where its row stands
 *
 * Returns: whether it is in memory
 */
gboolean
wd_row_store_find (WdRowStore *self, const char *id, guint *position)
{
  WdRow *row = g_hash_table_lookup (self->by_id, id);

  for (guint i = 0; row != NULL && i < self->blocks->len; i++)
    if (get_block (self, i)->rows != NULL
        && g_ptr_array_find (get_block (self, i)->rows, row, position))
      {
        *position += get_block (self, i)->start;
        return TRUE;
      }
  return FALSE;
}

/**
 * wd_row_store_get_n_stretches:
 * @self: a store
 *
 * Returns: in how many blocks its rows are known
 */
guint
wd_row_store_get_n_stretches (WdRowStore *self)
{
  return self->blocks->len;
}

/**
 * wd_row_store_get_stretch:
 * @self: a store
 * @index: of a block, from 0
 * @stretch: (out caller-allocates): what is known of it
 */
void
wd_row_store_get_stretch (WdRowStore *self, guint index, WdStretch *stretch)
{
  WdBlock *block = get_block (self, index);

  stretch->cursor = block->cursor;
  stretch->time = block->time;
  stretch->until = index + 1 < self->blocks->len ? get_block (self, index + 1)->cursor : NULL;
  stretch->start = block->start;
  stretch->n_rows = block->n_rows;
  stretch->is_loaded = block->rows != NULL;
  stretch->is_gap = block->is_gap;
}

/**
 * wd_row_store_find_gap:
 * @self: a store
 * @index: (out): which block it is
 *
 * Returns: whether there is a gap
 */
gboolean
wd_row_store_find_gap (WdRowStore *self, guint *index)
{
  /* Only what was read at the end of the list comes after it. */
  for (*index = self->blocks->len; (*index)-- > 0; )
    if (get_block (self, *index)->is_gap)
      return TRUE;
  return FALSE;
}

/**
 * wd_row_store_find_bounds:
 * @self: a store
 * @cursor: (nullable): where a block began
 * @until: (nullable): where it ended
 * @index: (inout): which it was; which it is now
 *
 * Returns: whether there is still a block with these bounds
 */
gboolean
wd_row_store_find_bounds (WdRowStore *self, const char *cursor, const char *until, guint *index)
{
  for (guint n = 0; n < self->blocks->len; n++)
    {
      guint i = (*index + n) % self->blocks->len;
      WdStretch stretch;

      wd_row_store_get_stretch (self, i, &stretch);
      if (g_strcmp0 (stretch.cursor, cursor) != 0 || g_strcmp0 (stretch.until, until) != 0)
        continue;
      *index = i;
      return TRUE;
    }
  return FALSE;
}
