/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-list-query.h"

G_BEGIN_DECLS

/**
 * WdPgBounds:
 * @ascending: which way is read
 * @begin: (owned) (nullable): conditions of which a row fulfils one
 * @beyond: (owned): SQL that says whether a row is behind the end
 *
 * Where reading begins and ends.
 */
typedef struct {
  gboolean ascending;
  GPtrArray *begin;
  char *beyond;
} WdPgBounds;

void wd_pg_bounds_clear (WdPgBounds *bounds);

char       *wd_pg_list_order_by (WdPgListQuery *self, gboolean ascending);
void        wd_pg_list_append_where (GString *sql, WdPgListQuery *self, const char *further);
void        wd_pg_list_find_bounds (WdPgListQuery *self, const WdPgStretch *stretch,
                                    WdPgParams *params, WdPgBounds *bounds);
char       *wd_pg_list_make_page (WdPgListQuery *self, const char *select,
                                  const WdPgBounds *bounds, guint limit);
gboolean    wd_pg_list_can_compare_rows (WdPgListQuery *self, const WdPgStretch *stretch);
WdPgParams *wd_pg_list_copy_params (WdPgParams *params);

G_END_DECLS
