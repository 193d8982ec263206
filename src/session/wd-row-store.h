/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-row.h"

G_BEGIN_DECLS

typedef struct _WdRowStore WdRowStore;

/**
 * WdMergeResult:
 * @n_unknown: records the list does not show
 * @apart: not one record was known, so that there may be more between these and the list
 */
typedef struct {
  guint n_unknown;
  gboolean apart;
} WdMergeResult;

WdRowStore *wd_row_store_new (GListModel *owner, const WdListKind *kind);
void        wd_row_store_free (WdRowStore *self);

guint   wd_row_store_get_n_items (WdRowStore *self);
guint   wd_row_store_get_n_loaded (WdRowStore *self);
gboolean wd_row_store_find (WdRowStore *self, const char *id, guint *position);
gpointer wd_row_store_get_item (WdRowStore *self, guint position);

void  wd_row_store_begin (WdRowStore *self, GPtrArray *records, guint n_records);
void  wd_row_store_begin_page (WdRowStore *self, const char *cursor);
void  wd_row_store_append (WdRowStore *self, GPtrArray *records, guint first, guint n_records);
void  wd_row_store_set_placeholders (WdRowStore *self, guint n_placeholders);
guint wd_row_store_get_n_placeholders (WdRowStore *self);
guint wd_row_store_find_page (WdRowStore *self, guint position);
guint wd_row_store_get_n_pages (WdRowStore *self);
void  wd_row_store_get_page (WdRowStore *self, guint page, const char **cursor, guint *n_rows);
WdMergeResult wd_row_store_merge (WdRowStore *self, guint page, GPtrArray *records,
                                  gboolean is_last, gboolean insert);

G_END_DECLS
