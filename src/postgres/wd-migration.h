/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

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
 * @note: (owned) (nullable): what an optional file says of itself
 * @state: how it stands in the ledger
 * @transactional: whether it runs in one transaction
 * @optional: whether it runs only when asked for by name
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

/**
 * WdMigrationChunk:
 * @sql: (owned): what to send
 * @makes_statements: whether its result holds the statements to run instead
 */
typedef struct {
  char *sql;
  gboolean makes_statements;
} WdMigrationChunk;

WdMigration *wd_migration_new (const char *name, const char *sql);
void         wd_migration_free (WdMigration *self);
GPtrArray   *wd_migration_load_all (void);
GArray      *wd_migration_split (const WdMigration *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdMigration, wd_migration_free)

G_END_DECLS
