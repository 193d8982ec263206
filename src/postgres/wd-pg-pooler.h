/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgPooler:
 * @WD_PG_POOLER_UNKNOWN: could not be found out; the error says why
 * @WD_PG_POOLER_NONE: straight to the server
 * @WD_PG_POOLER_SESSION: a pooler that keeps one server connection per client
 * @WD_PG_POOLER_TRANSACTION: a pooler that may change the server connection with each transaction
 */
typedef enum {
  WD_PG_POOLER_UNKNOWN,
  WD_PG_POOLER_NONE,
  WD_PG_POOLER_SESSION,
  WD_PG_POOLER_TRANSACTION,
} WdPgPooler;

WdPgPooler wd_pg_connection_get_pooler (WdPgConnection *self, gint64 deadline,
                                        GCancellable *cancellable, GError **error);

G_END_DECLS
