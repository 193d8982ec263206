/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-row-store.h"

G_BEGIN_DECLS

/**
 * WdBlock:
 * @cursor: (owned) (nullable): of the row before it; %NULL in the first
 * @time: when that row was made, or %WD_STRETCH_TIME_UNKNOWN
 * @start: place of its first row
 * @n_rows: how many rows it has, as far as known
 * @rows: (owned) (nullable) (element-type WdRow): %NULL while they are not read
 * @is_gap: nobody looked into it yet
 *
 * A stretch of a list: the rows after @cursor up to where the next block begins.
 */
typedef struct {
  char *cursor;
  WdTime time;
  guint start;
  guint n_rows;
  GPtrArray *rows;
  gboolean is_gap;
} WdBlock;

struct _WdRowStore {
  GListModel *owner;       /* not owned: it owns the store */
  const WdListKind *kind;
  GPtrArray *blocks;       /* (owned) (element-type WdBlock): from top to bottom, never empty */
  guint n_items;
  guint n_loaded;
  GHashTable *by_id;       /* (owned) (element-type utf8 WdRow): those read */
  GHashTable *others;      /* (owned) (element-type uint WdRow): placeholders asked for, by place */
  GQueue untold;           /* (owned) (element-type WdRow): filled, and nobody was told */
};

static inline WdBlock *
get_block (WdRowStore *self, guint index)
{
  return self->blocks->pdata[index];
}

WdBlock *wd_block_new (const char *cursor, guint start, guint n_rows);
void     wd_row_store_insert_block (WdRowStore *self, guint index, WdBlock *block);
void     wd_row_store_change (WdRowStore *self, guint index, guint position, guint n_removed,
                              guint n_added);
WdRow   *wd_row_store_take_other (WdRowStore *self, guint position);
void     wd_row_store_fill (WdRowStore *self, WdRow *row, gpointer record);

G_END_DECLS
