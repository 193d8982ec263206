/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-page.h"
#include "postgres/wd-pg-connection.h"
#include "postgres/wd-pg-list-query.h"

G_BEGIN_DECLS

/* The most rows that are counted one by one. */
#define WD_PG_LIST_COUNT_MAX 10000

/* Among so many rows a search is a matter of milliseconds. */
#define WD_PG_SEARCH_ROWS 20000

/**
 * WdPgListKind:
 * @n_columns: how many columns @read_row reads; the keys follow
 * @read_row: makes a record from a row
 * @free_row: releases it
 */
typedef struct {
  guint n_columns;
  gpointer (*read_row) (WdPgResult *result, guint row);
  GDestroyNotify free_row;
} WdPgListKind;

WdPage *wd_pg_list_run (WdPgConnection *connection, WdPgListQuery *query,
                        const WdPgStatement *total, const WdPageRequest *request,
                        const WdPgListKind *kind, gint64 deadline, GCancellable *cancellable,
                        GError **error);

G_END_DECLS
