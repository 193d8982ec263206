/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows behind a #WdPagedList: those read so far, then a few placeholders for those to come.
 * Rows remember by which page (that is, after which cursor) they were read, so that any stretch of
 * the list can be read again. Rows are known by id and stay where they are: reading a stretch again
 * takes out what is gone, puts in what is new only when asked to, and changes the rest in place. */

#include "session/wd-row-store.h"

#include "session/wd-list-merge.h"

/* More rows than a column view keeps widgets for. */
#define MAX_REUSED 256

typedef struct {
  char *cursor;   /* (owned) (nullable): NULL for the first page */
  guint n_rows;
} Page;

struct _WdRowStore {
  GListModel *owner;   /* not owned: it owns the store */
  const WdListKind *kind;
  GPtrArray *rows;     /* (owned) (element-type WdRow): placeholders last */
  guint n_loaded;
  GHashTable *by_id;   /* (owned) (element-type utf8 WdRow): the loaded ones */
  GArray *pages;       /* (owned) (element-type Page) */
};

static void
clear_page (gpointer data)
{
  g_free (((Page *) data)->cursor);
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
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pages = g_array_new (FALSE, TRUE, sizeof (Page));
  g_array_set_clear_func (self->pages, clear_page);
  return self;
}

/**
 * wd_row_store_free:
 * @self: (transfer full): a store; rows that somebody holds live on
 */
void
wd_row_store_free (WdRowStore *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->pages);
  g_free (self);
}

/**
 * wd_row_store_get_n_items:
 * @self: a store
 *
 * Returns: how many rows it has, placeholders too
 */
guint
wd_row_store_get_n_items (WdRowStore *self)
{
  return self->rows->len;
}

/**
 * wd_row_store_get_n_loaded:
 * @self: a store
 *
 * Returns: how many rows were read; they stand before the placeholders
 */
guint
wd_row_store_get_n_loaded (WdRowStore *self)
{
  return self->n_loaded;
}

/**
 * wd_row_store_get_n_placeholders:
 * @self: a store
 *
 * Returns: how many rows below those read are not read yet
 */
guint
wd_row_store_get_n_placeholders (WdRowStore *self)
{
  return self->rows->len - self->n_loaded;
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
  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
}

/**
 * wd_row_store_find:
 * @self: a store
 * @id: of a record
 * @position: (out): where its row stands
 *
 * Returns: whether it has been read
 */
gboolean
wd_row_store_find (WdRowStore *self, const char *id, guint *position)
{
  WdRow *row = g_hash_table_lookup (self->by_id, id);

  return row != NULL && g_ptr_array_find (self->rows, row, position);
}

/**
 * wd_row_store_begin:
 * @self: a store
 * @records: (element-type gpointer): of a new query
 * @n_records: how many of them to put in now
 *
 * Replaces everything, as the first page. The first rows there were serve again, those that are
 * not needed yet as placeholders: a view makes new widgets for new rows, which would hold it up.
 */
void
wd_row_store_begin (WdRowStore *self, GPtrArray *records, guint n_records)
{
  guint n_old = self->rows->len;

  g_hash_table_remove_all (self->by_id);
  g_array_set_size (self->pages, 0);
  self->n_loaded = 0;
  wd_row_store_begin_page (self, NULL);
  if (n_old > MAX_REUSED)
    {
      g_ptr_array_set_size (self->rows, MAX_REUSED);
      g_list_model_items_changed (self->owner, MAX_REUSED, n_old - MAX_REUSED, 0);
    }
  for (guint i = n_records; i < self->rows->len; i++)
    wd_row_clear (self->rows->pdata[i]);
  wd_row_store_append (self, records, 0, n_records);
}

/**
 * wd_row_store_begin_page:
 * @self: a store
 * @cursor: (nullable): after which the rows appended from now on were read
 */
void
wd_row_store_begin_page (WdRowStore *self, const char *cursor)
{
  Page page = { g_strdup (cursor), 0 };

  g_array_append_val (self->pages, page);
}

static void
remember (WdRowStore *self, WdRow *row)
{
  g_hash_table_insert (self->by_id, g_strdup (wd_row_get_id (row)), row);
}

/**
 * wd_row_store_append:
 * @self: a store
 * @records: (element-type gpointer): as they were read
 * @first: where to begin in @records
 * @n_records: how many of them
 *
 * Adds them to the page begun last; placeholders are filled first. A record that moved here while
 * the list was being read, and is shown already, is only brought up to date.
 */
void
wd_row_store_append (WdRowStore *self, GPtrArray *records, guint first, guint n_records)
{
  guint n_old = self->rows->len;
  Page *page = &g_array_index (self->pages, Page, self->pages->len - 1);

  for (guint i = first; i < first + n_records; i++)
    {
      gpointer record = records->pdata[i];
      WdRow *row = g_hash_table_lookup (self->by_id, self->kind->get_id (record));

      if (row != NULL)
        {
          wd_row_set_record (row, record);
          continue;
        }
      if (self->n_loaded < self->rows->len)
        {
          row = self->rows->pdata[self->n_loaded];
          wd_row_set_record (row, record);
        }
      else
        {
          row = wd_row_new (self->kind, record);
          g_ptr_array_add (self->rows, row);
        }
      remember (self, row);
      self->n_loaded++;
      page->n_rows++;
    }
  if (self->rows->len > n_old)
    g_list_model_items_changed (self->owner, n_old, 0, self->rows->len - n_old);
}

/**
 * wd_row_store_set_placeholders:
 * @self: a store
 * @n_placeholders: how many empty rows stand below the loaded ones
 */
void
wd_row_store_set_placeholders (WdRowStore *self, guint n_placeholders)
{
  guint n_old = self->rows->len - self->n_loaded;

  if (n_placeholders < n_old)
    {
      g_ptr_array_set_size (self->rows, (int) (self->n_loaded + n_placeholders));
      g_list_model_items_changed (self->owner, self->rows->len, n_old - n_placeholders, 0);
    }
  else if (n_placeholders > n_old)
    {
      guint position = self->rows->len;

      for (guint i = n_old; i < n_placeholders; i++)
        g_ptr_array_add (self->rows, wd_row_new (self->kind, NULL));
      g_list_model_items_changed (self->owner, position, 0, n_placeholders - n_old);
    }
}

/**
 * wd_row_store_get_n_pages:
 * @self: a store
 *
 * Returns: in how many pages its rows were read
 */
guint
wd_row_store_get_n_pages (WdRowStore *self)
{
  return self->pages->len;
}

/**
 * wd_row_store_get_page:
 * @self: a store
 * @page: from 0
 * @cursor: (out) (transfer none) (nullable): after which it was read, %NULL for the first; valid
 *   until the store changes
 * @n_rows: (out): how many rows it has now
 */
void
wd_row_store_get_page (WdRowStore *self, guint page, const char **cursor, guint *n_rows)
{
  *cursor = g_array_index (self->pages, Page, page).cursor;
  *n_rows = g_array_index (self->pages, Page, page).n_rows;
}

/**
 * wd_row_store_find_page:
 * @self: a store
 * @position: of a row
 *
 * Returns: the page it was read with; the last one for a placeholder
 */
guint
wd_row_store_find_page (WdRowStore *self, guint position)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      guint n_rows = g_array_index (self->pages, Page, i).n_rows;

      if (position < n_rows)
        return i;
      position -= n_rows;
    }
  return self->pages->len - 1;
}

static guint
get_page_start (WdRowStore *self, guint page)
{
  guint start = 0;

  for (guint i = 0; i < page; i++)
    start += g_array_index (self->pages, Page, i).n_rows;
  return start;
}

static void
remove_row (WdRowStore *self, guint position)
{
  WdRow *row = self->rows->pdata[position];

  g_array_index (self->pages, Page, wd_row_store_find_page (self, position)).n_rows--;
  g_hash_table_remove (self->by_id, wd_row_get_id (row));
  g_ptr_array_remove_index (self->rows, position);
  self->n_loaded--;
  g_list_model_items_changed (self->owner, position, 1, 0);
}

/* Inserts @n records that follow each other into page @page. */
static void
insert_rows (WdRowStore *self, guint page, guint position, gpointer *records, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      WdRow *row = wd_row_new (self->kind, records[i]);

      g_ptr_array_insert (self->rows, (int) (position + i), row);
      remember (self, row);
    }
  self->n_loaded += n;
  g_array_index (self->pages, Page, page).n_rows += n;
  g_list_model_items_changed (self->owner, position, 0, n);
}

/* Takes out the rows of [start, end) that were not read again, and those up to @limit that are to
 * be put in elsewhere. */
static void
remove_missing (WdRowStore *self, guint start, guint end, guint limit, GHashTable *kept,
                GHashTable *moved)
{
  for (guint i = limit; i-- > start; )
    {
      WdRow *row = self->rows->pdata[i];

      if (i < end ? !g_hash_table_contains (kept, row) : g_hash_table_contains (moved, row))
        remove_row (self, i);
    }
}

static void
insert_missing (WdRowStore *self, guint page, guint start, GPtrArray *records)
{
  guint position = start;

  for (guint i = 0; i < records->len; )
    {
      guint n = 0;
      WdRow *row = g_hash_table_lookup (self->by_id, self->kind->get_id (records->pdata[i]));

      if (row != NULL)
        {
          /* Known, but perhaps shown further below, where another page will see to it. */
          if (position < self->n_loaded && self->rows->pdata[position] == row)
            position++;
          i++;
          continue;
        }
      while (i + n < records->len
             && !g_hash_table_contains (self->by_id,
                                        self->kind->get_id (records->pdata[i + n])))
        n++;
      insert_rows (self, page, position, &records->pdata[i], n);
      position += n;
      i += n;
    }
}

/**
 * wd_row_store_merge:
 * @self: a store
 * @page: which page was read again
 * @records: (element-type gpointer): what its query answers now; may reach into the next pages
 * @is_last: there is nothing after @records
 * @insert: put new rows in, else only count them
 *
 * Returns: what was not put in
 */
WdMergeResult
wd_row_store_merge (WdRowStore *self, guint page, GPtrArray *records, gboolean is_last,
                    gboolean insert)
{
  guint start = get_page_start (self, page);
  guint limit = is_last ? self->n_loaded : MIN (start + 2 * records->len + 1, self->n_loaded);
  guint end = is_last ? self->n_loaded : start;
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) kept_rows = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) moved_rows = g_hash_table_new (NULL, NULL);
  g_autofree int *positions = g_new (int, records->len + 1);
  g_autofree gboolean *kept = g_new (gboolean, records->len + 1);
  WdMergeResult result = { 0, FALSE };
  guint n_kept = 0;

  for (guint i = start; i < limit; i++)
    g_hash_table_insert (places, self->rows->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = records->pdata[i];
      WdRow *row = g_hash_table_lookup (self->by_id, self->kind->get_id (record));

      positions[i] = -1;
      if (row != NULL)
        positions[i] = (int) GPOINTER_TO_UINT (g_hash_table_lookup (places, row)) - 1;
      if (row != NULL)
        wd_row_set_record (row, record);
      else
        result.n_unknown++;
    }
  wd_list_merge_keep (positions, records->len, kept);
  for (guint i = 0; i < records->len; i++)
    if (positions[i] >= 0)
      {
        g_hash_table_add (kept[i] || !insert ? kept_rows : moved_rows,
                          self->rows->pdata[positions[i]]);
        end = MAX (end, kept[i] ? (guint) positions[i] + 1 : 0);
        n_kept++;
      }
  result.apart = n_kept == 0 && records->len > 0 && self->n_loaded > start;
  if (result.apart && !is_last)
    return result;
  remove_missing (self, start, end, limit, kept_rows, moved_rows);
  if (insert)
    {
      insert_missing (self, page, start, records);
      result.n_unknown = 0;
    }
  return result;
}
