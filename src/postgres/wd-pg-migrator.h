/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdMigrationState:
 * @WD_MIGRATION_PENDING: not in the ledger
 * @WD_MIGRATION_APPLIED: in the ledger, with our checksum
 * @WD_MIGRATION_EDITED: in the ledger, with another checksum than our file's
 * @WD_MIGRATION_FOREIGN: in the ledger, and no file of ours: a newer program was here
 */
typedef enum {
  WD_MIGRATION_PENDING,
  WD_MIGRATION_APPLIED,
  WD_MIGRATION_EDITED,
  WD_MIGRATION_FOREIGN,
} WdMigrationState;

/**
 * WdMigration:
 * @name: (owned): the file's name without its suffix
 * @sql: (owned) (nullable): the whole file; %NULL when foreign
 * @checksum: (owned): SHA-256 of the file, in hex; the ledger's when foreign
 * @state: how it stands in the ledger
 * @transactional: whether it runs in one transaction
 * @optional: whether it runs only when asked for by name
 * @note: (owned) (nullable): what an optional file says of itself
 */
typedef struct {
  char *name;
  char *sql;
  char *checksum;
  char *note;
  WdMigrationState state;
  gboolean transactional;
  gboolean optional;
} WdMigration;

/* How a file is cut into statements, and what a chunk ending in \gexec means: migrations/README.md. */

void wd_migration_free (WdMigration *self);

/**
 * WdMigrationProgress:
 * @name: the migration that runs
 * @index: the statement about to run, from 0
 * @n_statements: how many the migration has
 * @statement: its SQL
 * @user_data: as given
 *
 * Called in the worker thread before each statement.
 */
typedef void (*WdMigrationProgress) (const char *name, guint index, guint n_statements,
                                     const char *statement, gpointer user_data);

GPtrArray *wd_pg_migrator_plan (WdPgConnection *connection, gint64 deadline,
                                GCancellable *cancellable, GError **error);
gboolean   wd_pg_migrator_apply (WdPgConnection *connection, const char *const *names,
                                 WdMigrationProgress progress, gpointer user_data,
                                 GPtrArray **applied, GCancellable *cancellable, GError **error);
gboolean   wd_pg_schema_is_current (WdPgConnection *connection, gint64 deadline,
                                    GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdMigration, wd_migration_free)

G_END_DECLS
