/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-migration.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

gboolean wd_pg_ledger_compare (WdPgConnection *connection, GPtrArray *migrations, gint64 deadline,
                               GCancellable *cancellable, GError **error);
gboolean wd_pg_ledger_enter (WdPgConnection *connection, const char *name, gboolean *is_applied,
                             gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_ledger_record (WdPgConnection *connection, const WdMigration *migration,
                              gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_ledger_audit (WdPgConnection *connection, GPtrArray *names, gboolean *written,
                             gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
