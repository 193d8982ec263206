/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-list.h"

G_BEGIN_DECLS

/**
 * WdPgList:
 * @total: (nullable): what gives the exact total at once
 * @fingerprint: of @query, for its cursors
 * @stretch: what the request asks for
 *
 * A list about to be read: what wd_pg_list_run() was given.
 */
typedef struct {
  WdPgConnection *connection;
  WdPgListQuery *query;
  const WdPgStatement *total;
  const WdPageRequest *request;
  const WdPgListKind *kind;
  gint64 deadline;
  GCancellable *cancellable;
  const char *fingerprint;
  WdPgStretch stretch;
} WdPgList;

char      *wd_pg_list_make_cursor (WdPgList *list, WdPgResult *result, guint row, guint column);
GPtrArray *wd_pg_list_copy_keys (WdPgList *list, WdPgResult *result, guint row, guint column);

WdPage *wd_pg_search_run (WdPgList *list, GError **error);
WdPage *wd_pg_search_count (WdPgList *list, GError **error);

G_END_DECLS
