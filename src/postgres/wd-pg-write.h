/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/* Lets a transaction look rows up by their keys and by nothing else. Statistics lag behind what is
 * done to many rows, and a planner that believes in few of them reads a whole table for each
 * slice. */
#define WD_PG_WRITE_BY_KEYS                                                                \
  "SELECT pg_catalog.set_config ('enable_hashjoin', 'off', true), "                        \
  "pg_catalog.set_config ('enable_mergejoin', 'off', true), "                              \
  "pg_catalog.set_config ('enable_seqscan', 'off', true)"

gboolean wd_pg_write_begin (WdPgConnection *self, char **xid, gint64 deadline,
                            GCancellable *cancellable, GError **error);
void     wd_pg_write_abort (WdPgConnection *self, GError **error);
gboolean wd_pg_write_commit_proven (WdPgConnection *self, const char *xid,
                                    const WdPgStatement *proof, gint64 deadline, GError **error);
gboolean wd_pg_write_commit (WdPgConnection *self, const char *xid, gint64 deadline,
                             GError **error);
gboolean wd_pg_write (WdPgConnection *self, const WdPgStatement *statements, gsize n_statements,
                      gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
