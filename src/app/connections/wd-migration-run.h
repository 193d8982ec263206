/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-migration-step.h"

G_BEGIN_DECLS

/**
 * WdMigrationRun:
 * @steps: (nullable) (element-type WdMigrationStep): as the database's ledger has them; %NULL until
 *   it was read
 * @chosen: (nullable) (element-type utf8): names of the optional ones to apply too
 * @current: (nullable): the migration that runs
 * @failed: (nullable): the one that could not be applied
 * @error: (nullable): why, or why they cannot be read
 * @index: of the statement that runs
 * @n_statements: of the migration that runs; 0 while that is not known
 * @n_applied: since it was begun
 * @n_wanted: how many that was to be
 * @stopping: after the one that runs
 *
 * How the migrations of a database stand and how far applying them is. All zero is the beginning.
 */
typedef struct {
  GPtrArray *steps;
  GHashTable *chosen;
  char *current;
  char *failed;
  GError *error;
  guint index;
  guint n_statements;
  guint n_applied;
  guint n_wanted;
  gboolean stopping;
} WdMigrationRun;

void        wd_migration_run_clear (WdMigrationRun *self);
void        wd_migration_run_choose (WdMigrationRun *self, const char *name, gboolean chosen);
guint       wd_migration_run_count_pending (const WdMigrationRun *self);
const char *wd_migration_run_find_pending (const WdMigrationRun *self);
double      wd_migration_run_fraction (const WdMigrationRun *self);
char       *wd_migration_run_describe (const WdMigrationRun *self, gboolean read_only);

G_END_DECLS
