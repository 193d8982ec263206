/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-params.h"

G_BEGIN_DECLS

#define WD_PG_LIST_MAX_KEYS 3

/**
 * WdPgKey:
 * @expression: (owned): SQL over the listed row
 * @nullable: whether it may be null
 */
typedef struct {
  char *expression;
  gboolean nullable;
} WdPgKey;

/**
 * WdPgListQuery:
 * @from: (not owned): the table with its alias
 * @select: (owned): what to read of each row
 * @conditions: (owned): what the rows fulfil; "" lets all through
 * @params: (owned): the conditions' values
 * @keys: what the rows are sorted by; the last is never null and unique
 * @ascending: the direction of all keys
 * @any_size: whether an index gives this order, so that the list may be of any size
 * @one_index: whether one index has just these rows in just this order
 * @searches: whether rows have to be read to find those that match
 * @in_order: whether an index gives the rows of @scope in this order
 * @scope: (owned) (nullable): those conditions that this index knows; %NULL for none
 * @n_scope_params: how many of the values are theirs; they come first
 * @trigrams: whether an index finds what is searched for, without an order
 * @sorts: a bit for each #WdSort of which that holds
 *
 * One list, as data: a filter and an order turned into SQL. Nulls sort as the greatest values, as
 * they do in an index made without further words.
 */
typedef struct {
  const char *from;
  char *select;
  GString *conditions;
  WdPgParams *params;
  WdPgKey keys[WD_PG_LIST_MAX_KEYS];
  guint n_keys;
  gboolean ascending;
  gboolean any_size;
  gboolean one_index;
  gboolean searches;
  gboolean in_order;
  char *scope;
  guint n_scope_params;
  gboolean trigrams;
  guint sorts;
} WdPgListQuery;

/**
 * WdPgStretch:
 * @after: (not owned) (nullable) (element-type utf8): keys of the row before it, %NULL for null;
 *   %NULL for the beginning of the list
 * @until: (not owned) (nullable) (element-type utf8): keys of its last row; %NULL for the end
 * @backwards: read from its end
 *
 * A part of a list.
 */
typedef struct {
  GPtrArray *after;
  GPtrArray *until;
  gboolean backwards;
} WdPgStretch;

WdPgListQuery *wd_pg_list_query_new (const char *from);
void           wd_pg_list_query_free (WdPgListQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPgListQuery, wd_pg_list_query_free)

void wd_pg_list_query_add_key (WdPgListQuery *self, const char *expression, gboolean nullable);
void wd_pg_list_query_where (WdPgListQuery *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void wd_pg_list_query_where_any (WdPgListQuery *self, const char *column, char **words);
void wd_pg_list_query_where_like (WdPgListQuery *self, const char *const *expressions,
                                  const char *text);
void wd_pg_list_query_where_prefix (WdPgListQuery *self, const char *const *expressions,
                                    const char *text);

char *wd_pg_list_query_fingerprint (WdPgListQuery *self);
char *wd_pg_list_query_page (WdPgListQuery *self, const WdPgStretch *stretch, guint limit,
                             WdPgParams **params);
char *wd_pg_list_query_marks (WdPgListQuery *self, const WdPgStretch *stretch, guint stride,
                              guint limit, WdPgParams **params);
char *wd_pg_list_query_skip (WdPgListQuery *self, const WdPgStretch *stretch, guint stride,
                             guint n_marks, WdPgParams **params);
char *wd_pg_list_query_count (WdPgListQuery *self, guint limit);
void  wd_pg_list_query_end_scope (WdPgListQuery *self);
char *wd_pg_list_query_explain_scope (WdPgListQuery *self, WdPgParams **params);
char *wd_pg_list_query_scope_top (WdPgListQuery *self, WdPgParams **params);
char *wd_pg_list_query_slice (WdPgListQuery *self, const WdPgStretch *stretch, guint n_rows,
                              guint limit, guint n_columns, WdPgParams **params);
char *wd_pg_list_query_slice_count (WdPgListQuery *self, const WdPgStretch *stretch, guint n_rows,
                                    WdPgParams **params);
char *wd_pg_list_query_scope_count (WdPgListQuery *self, const WdPgStretch *stretch, guint n_rows,
                                    WdPgParams **params);
char *wd_pg_list_query_find (WdPgListQuery *self, const WdPgStretch *stretch, guint limit,
                             WdPgParams **params);
char *wd_pg_list_query_explain (WdPgListQuery *self);

G_END_DECLS
