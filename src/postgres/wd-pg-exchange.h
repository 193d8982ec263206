/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libpq-fe.h>

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgStep:
 * @statement: to run
 * @name: (not owned) (nullable): under which the server keeps it
 * @prepare: do not run it but keep it under @name
 *
 * A part of one round trip; each has a result.
 */
typedef struct {
  WdPgStatement statement;
  const char *name;
  gboolean prepare;
} WdPgStep;

gboolean   wd_pg_exchange_send (PGconn *connection, const WdPgStep *steps, gsize n_steps,
                                const char *where, GError **error);
GPtrArray *wd_pg_exchange_receive (PGconn *connection, const char *where, gint64 deadline,
                                   GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_exchange_script (PGconn *connection, const char *sql, const char *where,
                                  gint64 deadline, GCancellable *cancellable, GError **error);
gboolean   wd_pg_exchange_is_alive (PGconn *connection);
PGresult  *wd_pg_exchange_find_error (GPtrArray *results);

G_END_DECLS
