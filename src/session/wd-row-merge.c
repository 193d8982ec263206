/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was read comes into a #WdRowStore: blocks are cut out of the gap, filled, and set right when
 * they are read again. Rows are known by id and stay where they are: what is gone is taken out,
 * what is new put in, the rest changed in place. */

#include "session/wd-row-store-private.h"

#include "session/wd-list-merge.h"

/**
 * wd_row_store_set_gap:
 * @self: a store with a gap
 * @n_rows: how many rows are missing there
 */
void
wd_row_store_set_gap (WdRowStore *self, guint n_rows)
{
  guint index;
  WdBlock *gap;

  if (!wd_row_store_find_gap (self, &index))
    return;
  gap = get_block (self, index);
  if (n_rows > gap->n_rows)
    wd_row_store_change (self, index, gap->start + gap->n_rows, 0, n_rows - gap->n_rows);
  else
    wd_row_store_change (self, index, gap->start + n_rows, gap->n_rows - n_rows, 0);
}

static WdBlock *
need_gap (WdRowStore *self, guint n_rows, guint *index)
{
  if (!wd_row_store_find_gap (self, index))
    g_assert_not_reached ();
  if (get_block (self, *index)->n_rows < n_rows)
    wd_row_store_set_gap (self, n_rows);
  return get_block (self, *index);
}

/* The gap turns out to be @n_rows rows and no more. */
static guint
close_gap (WdRowStore *self, guint n_rows)
{
  guint index;
  WdBlock *gap = need_gap (self, n_rows, &index);

  wd_row_store_set_gap (self, n_rows);
  gap->is_gap = FALSE;
  return index;
}

/**
 * wd_row_store_skip:
 * @self: a store with a gap
 * @next_cursor: a place in the gap before which no rows are
 *
 * The gap begins there.
 */
void
wd_row_store_skip (WdRowStore *self, const char *next_cursor)
{
  guint index;
  WdBlock *gap = need_gap (self, 1, &index);

  g_free (gap->cursor);
  gap->cursor = g_strdup (next_cursor);
  gap->time = WD_STRETCH_TIME_UNKNOWN;
}

/**
 * wd_row_store_carve:
 * @self: a store with a gap
 * @n_rows: that were read at its front
 * @next_cursor: (nullable): of the last of them, where more follow
 *
 * Returns: the block to put them in
 */
guint
wd_row_store_carve (WdRowStore *self, guint n_rows, const char *next_cursor)
{
  guint index;
  WdBlock *gap, *block;

  if (next_cursor == NULL)
    return close_gap (self, n_rows);
  gap = need_gap (self, n_rows + 1, &index);
  block = wd_block_new (NULL, gap->start, n_rows);
  block->cursor = g_steal_pointer (&gap->cursor);
  block->time = gap->time;
  gap->cursor = g_strdup (next_cursor);
  gap->time = WD_STRETCH_TIME_UNKNOWN;
  gap->start += n_rows;
  gap->n_rows -= n_rows;
  wd_row_store_insert_block (self, index, block);
  return index;
}

/**
 * wd_row_store_carve_end:
 * @self: a store with a gap
 * @n_rows: that were read at its end
 * @previous_cursor: (nullable): of the row before them; %NULL if there is none in the gap
 *
 * Returns: the block to put them in
 */
guint
wd_row_store_carve_end (WdRowStore *self, guint n_rows, const char *previous_cursor)
{
  guint index;
  WdBlock *gap;

  if (previous_cursor == NULL)
    return close_gap (self, n_rows);
  gap = need_gap (self, n_rows + 1, &index);
  gap->n_rows -= n_rows;
  wd_row_store_insert_block (self, index + 1, wd_block_new (previous_cursor,
                                                            gap->start + gap->n_rows, n_rows));
  return index + 1;
}

/**
 * wd_row_store_divide:
 * @self: a store with a gap
 * @marks: (element-type utf8): cursors of every @stride-th row in it, from its front
 * @times: (nullable) (element-type gint64): when the rows there were made
 * @stride: how many rows apart they are
 * @n_passed: how many rows were passed for them
 * @to_the_end: there are no more
 *
 * Makes blocks of the front of the gap, which can be read from then on.
 */
void
wd_row_store_divide (WdRowStore *self, GPtrArray *marks, GArray *times, guint stride,
                     guint n_passed, gboolean to_the_end)
{
  guint n_rows = marks->len * stride;
  guint index;
  WdBlock *gap = need_gap (self, to_the_end ? n_passed : n_rows + 1, &index);

  if (to_the_end)
    wd_row_store_set_gap (self, n_passed);
  for (guint i = 0; i < marks->len; i++)
    {
      WdBlock *block = wd_block_new (NULL, gap->start, stride);

      block->cursor = g_steal_pointer (&gap->cursor);
      block->time = gap->time;
      gap->cursor = g_strdup (marks->pdata[i]);
      gap->time = times != NULL ? g_array_index (times, WdTime, i) : WD_STRETCH_TIME_UNKNOWN;
      gap->start += stride;
      gap->n_rows -= stride;
      wd_row_store_insert_block (self, index++, block);
    }
  if (to_the_end)
    gap->is_gap = FALSE;
}

static void
remove_rows (WdRowStore *self, guint index, guint at, guint n)
{
  WdBlock *block = get_block (self, index);

  for (guint i = at; i < at + n; i++)
    g_hash_table_remove (self->by_id, wd_row_get_id (block->rows->pdata[i]));
  g_ptr_array_remove_range (block->rows, at, n);
  self->n_loaded -= n;
  wd_row_store_change (self, index, block->start + at, n, 0);
}

/* Puts rows of @n records into a block that is read. */
static void
insert_rows (WdRowStore *self, guint index, guint at, gpointer *records, guint n)
{
  WdBlock *block = get_block (self, index);

  for (guint i = 0; i < n; i++)
    {
      WdRow *row = wd_row_new (self->kind, records[i]);

      g_ptr_array_insert (block->rows, (int) (at + i), row);
      g_hash_table_insert (self->by_id, g_strdup (wd_row_get_id (row)), row);
    }
  self->n_loaded += n;
  wd_row_store_change (self, index, block->start + at, 0, n);
}

/* Takes records out of where they stood before they came here. */
static void
take_from_others (WdRowStore *self, guint index, GPtrArray *records)
{
  GPtrArray *own = get_block (self, index)->rows;
  g_autoptr (GHashTable) here = g_hash_table_new (NULL, NULL);

  for (guint i = 0; own != NULL && i < own->len; i++)
    g_hash_table_add (here, own->pdata[i]);
  for (guint i = 0; i < records->len; i++)
    {
      const char *id = self->kind->get_id (records->pdata[i]);
      gpointer row = g_hash_table_lookup (self->by_id, id);
      guint position, other;

      if (row == NULL || g_hash_table_contains (here, row)
          || !wd_row_store_find (self, id, &position))
        continue;
      other = wd_row_store_find_stretch (self, position);
      remove_rows (self, other, position - get_block (self, other)->start, 1);
    }
}

/* The rest of a block, of which a page did not reach the end. */
static void
split (WdRowStore *self, guint index, guint at, const char *cursor)
{
  WdBlock *block = get_block (self, index);
  guint n_rows = block->n_rows - at;
  WdBlock *rest = wd_block_new (cursor, block->start + at, n_rows);

  if (block->rows != NULL && n_rows > 0)
    {
      rest->rows = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = at; i < block->rows->len; i++)
        g_ptr_array_add (rest->rows, g_object_ref (block->rows->pdata[i]));
      g_ptr_array_set_size (block->rows, (int) at);
    }
  block->n_rows = at;
  wd_row_store_insert_block (self, index + 1, rest);
  /* Somebody is there; reading it will tell how many. */
  if (n_rows == 0)
    wd_row_store_change (self, index + 1, rest->start, 0, 1);
}

/* The rows of a block that was not read: its placeholders become them. */
static void
fill_block (WdRowStore *self, guint index, GPtrArray *records, const char *next_cursor)
{
  WdBlock *block = get_block (self, index);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_same = MIN (block->n_rows, records->len);

  if (next_cursor != NULL)
    split (self, index, n_same, next_cursor);
  for (guint i = 0; i < n_same; i++)
    {
      WdRow *row = wd_row_store_take_other (self, block->start + i);

      if (row == NULL)
        row = wd_row_new (self->kind, NULL);
      wd_row_store_fill (self, row, records->pdata[i]);
      g_ptr_array_add (rows, row);
      g_hash_table_insert (self->by_id, g_strdup (wd_row_get_id (row)), row);
    }
  block->rows = rows;
  self->n_loaded += n_same;
  if (block->n_rows > n_same)
    wd_row_store_change (self, index, block->start + n_same, block->n_rows - n_same, 0);
  else if (records->len > n_same)
    insert_rows (self, index, n_same, &records->pdata[n_same], records->len - n_same);
}

/* Which records are known here, and where; which of them may stay. */
typedef struct {
  int *positions;
  gboolean *kept;
  guint end;       /* behind the last row of the block that stays */
} Match;

static void
match_rows (WdRowStore *self, WdBlock *block, GPtrArray *records, Match *match)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);

  match->positions = g_new (int, records->len + 1);
  match->kept = g_new0 (gboolean, records->len + 1);
  match->end = 0;
  for (guint i = 0; i < block->rows->len; i++)
    g_hash_table_insert (places, block->rows->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < records->len; i++)
    {
      gpointer row = g_hash_table_lookup (self->by_id, self->kind->get_id (records->pdata[i]));

      match->positions[i] = row == NULL
                              ? -1 : (int) GPOINTER_TO_UINT (g_hash_table_lookup (places, row)) - 1;
    }
  wd_list_merge_keep (match->positions, records->len, match->kept);
  for (guint i = 0; i < records->len; i++)
    if (match->kept[i])
      match->end = (guint) match->positions[i] + 1;
}

/* Takes out the rows that were not read again, and those that moved. */
static void
remove_missing (WdRowStore *self, guint index, GPtrArray *records, const Match *match,
                gboolean to_the_end)
{
  guint n_rows = get_block (self, index)->rows->len;
  g_autofree gboolean *stays = g_new (gboolean, n_rows + 1);
  guint end = n_rows;

  for (guint i = 0; i < n_rows; i++)
    stays[i] = !to_the_end && i >= match->end;
  for (guint i = 0; i < records->len; i++)
    if (match->positions[i] >= 0)
      stays[match->positions[i]] = match->kept[i];
  while (end > 0)
    {
      guint start = end;

      while (start > 0 && !stays[start - 1])
        start--;
      if (start < end)
        remove_rows (self, index, start, end - start);
      end = start > 0 ? start - 1 : 0;
    }
}

static guint
insert_missing (WdRowStore *self, guint index, GPtrArray *records, guint first, const Match *match)
{
  guint at = 0;

  for (guint i = first; i < records->len; )
    {
      guint n = 0;

      if (match->kept[i])
        {
          wd_row_store_fill (self, get_block (self, index)->rows->pdata[at++],
                             records->pdata[i++]);
          continue;
        }
      while (i + n < records->len && !match->kept[i + n])
        n++;
      insert_rows (self, index, at, &records->pdata[i], n);
      at += n;
      i += n;
    }
  return at;
}

/* The last row of a block is the one before the next. */
static void
note_time (WdRowStore *self, guint index)
{
  GPtrArray *rows = get_block (self, index)->rows;

  if (index + 1 < self->blocks->len && rows->len > 0)
    get_block (self, index + 1)->time =
      self->kind->get_created (wd_row_get_record (rows->pdata[rows->len - 1]));
}

/**
 * wd_row_store_read:
 * @self: a store
 * @index: which block was read, for the first time or again
 * @records: (element-type gpointer): its rows now, from the first
 * @next_cursor: (nullable): of the last of them, where more of the block follow
 * @leave_new: leave out the rows that came in above the first one shown
 *
 * Returns: how many rows were left out
 */
guint
wd_row_store_read (WdRowStore *self, guint index, GPtrArray *records, const char *next_cursor,
                   gboolean leave_new)
{
  Match match;
  guint n_new = 0, at;

  take_from_others (self, index, records);
  if (get_block (self, index)->rows == NULL)
    {
      fill_block (self, index, records, next_cursor);
      note_time (self, index);
      return 0;
    }
  match_rows (self, get_block (self, index), records, &match);
  while (leave_new && n_new < records->len && match.positions[n_new] < 0)
    n_new++;
  remove_missing (self, index, records, &match, next_cursor == NULL);
  at = insert_missing (self, index, records, n_new, &match);
  if (next_cursor != NULL)
    split (self, index, at, next_cursor);
  note_time (self, index);
  g_free (match.positions);
  g_free (match.kept);
  return n_new;
}
