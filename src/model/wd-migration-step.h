/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdMigrationStep:
 * @name: file name without its ending
 * @sql: what it runs
 * @note: (nullable): what an optional one is good for; %NULL for those that are required
 * @rows: how many rows of the table it has to go through, about; -1 where that is not known
 * @bytes: how much room on the server it takes, about; -1 likewise
 * @seconds: how long it takes, about; -1 likewise
 * @applied: whether the ledger has it
 * @optional: whether it is applied only when asked for by name
 *
 * One migration, before or after it ran.
 */
typedef struct {
  char *name;
  char *sql;
  char *note;
  gint64 rows;
  gint64 bytes;
  gint64 seconds;
  gboolean applied;
  gboolean optional;
} WdMigrationStep;

WdMigrationStep *wd_migration_step_new (const char *name, const char *sql, gboolean applied);
void             wd_migration_step_free (WdMigrationStep *self);
gboolean         wd_migration_step_is_pending (const WdMigrationStep *self);
gboolean         wd_migration_step_is_offered (const WdMigrationStep *self);
char            *wd_migration_step_dup_cost (const WdMigrationStep *self);

G_END_DECLS
