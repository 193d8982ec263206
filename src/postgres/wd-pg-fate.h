/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgFate:
 * @WD_PG_FATE_UNKNOWN: the server cannot tell, or did not within the deadline
 * @WD_PG_FATE_COMMITTED: the transaction is in the database
 * @WD_PG_FATE_ABORTED: it is not, and never will be
 */
typedef enum {
  WD_PG_FATE_UNKNOWN,
  WD_PG_FATE_COMMITTED,
  WD_PG_FATE_ABORTED,
} WdPgFate;

WdPgFate wd_pg_connection_fate (WdPgConnection *self, const char *xid, gint64 deadline,
                                GCancellable *cancellable, GError **error);

G_END_DECLS
