/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-migration.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdMigrationProgress:
 * @name: the migration that runs
 * @index: the statement about to run, from 0
 * @n_statements: how many the migration has
 * @statement: its SQL
 * @user_data: as given
 *
 * Called in the worker thread before each statement; again from 0 when a migration is tried again.
 */
typedef void (*WdMigrationProgress) (const char *name, guint index, guint n_statements,
                                     const char *statement, gpointer user_data);

GPtrArray *wd_pg_migrator_plan (WdPgConnection *connection, gint64 deadline,
                                GCancellable *cancellable, GError **error);
gboolean   wd_pg_migrator_apply (WdPgConnection *connection, const char *const *names,
                                 WdMigrationProgress progress, gpointer user_data,
                                 GPtrArray **applied, GCancellable *cancellable, GError **error);
gboolean   wd_pg_migrator_apply_files (WdPgConnection *connection, GPtrArray *files,
                                       const char *const *names, WdMigrationProgress progress,
                                       gpointer user_data, GPtrArray **applied,
                                       GCancellable *cancellable, GError **error);
gboolean   wd_pg_schema_is_current (WdPgConnection *connection, gint64 deadline,
                                    GCancellable *cancellable, GError **error);

G_END_DECLS
