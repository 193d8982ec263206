/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-row.h"

G_BEGIN_DECLS

/* What a column view can count in pixels, and some. */
#define WD_ROW_STORE_MAX 50000000

#define WD_STRETCH_TIME_UNKNOWN (G_MININT64 + 7)

typedef struct _WdRowStore WdRowStore;

/**
 * WdStretch:
 * @cursor: (nullable): of the row before it; %NULL at the beginning of the list
 * @time: when that row was made, or %WD_STRETCH_TIME_UNKNOWN
 * @until: (nullable): of its last row; %NULL at the end of the list
 * @start: place of its first row
 * @n_rows: how many rows it has, as far as known
 * @is_loaded: they are read
 * @is_gap: nobody looked into it yet
 *
 * A part of the list as it is known. Valid until the store changes.
 */
typedef struct {
  const char *cursor;
  WdTime time;
  const char *until;
  guint start;
  guint n_rows;
  gboolean is_loaded;
  gboolean is_gap;
} WdStretch;

WdRowStore *wd_row_store_new (GListModel *owner, const WdListKind *kind);
void        wd_row_store_free (WdRowStore *self);

guint    wd_row_store_get_n_items (WdRowStore *self);
guint    wd_row_store_get_n_loaded (WdRowStore *self);
gpointer wd_row_store_get_item (WdRowStore *self, guint position);
WdRow   *wd_row_store_peek (WdRowStore *self, guint position);
gboolean wd_row_store_find (WdRowStore *self, const char *id, guint *position);

guint    wd_row_store_get_n_stretches (WdRowStore *self);
void     wd_row_store_get_stretch (WdRowStore *self, guint index, WdStretch *stretch);
guint    wd_row_store_find_stretch (WdRowStore *self, guint position);
gboolean wd_row_store_find_gap (WdRowStore *self, guint *index);
gboolean wd_row_store_find_bounds (WdRowStore *self, const char *cursor, const char *until,
                                   guint *index);

void  wd_row_store_begin (WdRowStore *self, GPtrArray *records, const char *next_cursor);
void  wd_row_store_set_gap (WdRowStore *self, guint n_rows);
void  wd_row_store_skip (WdRowStore *self, const char *next_cursor);
guint wd_row_store_carve (WdRowStore *self, guint n_rows, const char *next_cursor);
guint wd_row_store_carve_end (WdRowStore *self, guint n_rows, const char *previous_cursor);
void  wd_row_store_divide (WdRowStore *self, GPtrArray *marks, GArray *times, guint stride,
                           guint n_passed, gboolean to_the_end);
guint wd_row_store_read (WdRowStore *self, guint index, GPtrArray *records,
                         const char *next_cursor, gboolean leave_new);
gboolean wd_row_store_tell (WdRowStore *self, guint n_rows);
void  wd_row_store_evict (WdRowStore *self, guint first, guint end, guint n_rows);

G_END_DECLS
