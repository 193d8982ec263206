/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "model/wd-migration-step.h"

G_BEGIN_DECLS

/**
 * WdMigrationLook:
 *
 * How one migration stands.
 */
typedef enum {
  WD_MIGRATION_LOOK_PENDING,
  WD_MIGRATION_LOOK_OPTIONAL,
  WD_MIGRATION_LOOK_RUNNING,
  WD_MIGRATION_LOOK_APPLIED,
  WD_MIGRATION_LOOK_FAILED,
} WdMigrationLook;

#define WD_TYPE_MIGRATION_ROW (wd_migration_row_get_type ())
G_DECLARE_FINAL_TYPE (WdMigrationRow, wd_migration_row, WD, MIGRATION_ROW, AdwExpanderRow)

GtkWidget *wd_migration_row_new (const WdMigrationStep *step);
void       wd_migration_row_set_look (WdMigrationRow *self, WdMigrationLook look);
void       wd_migration_row_set_choosable (WdMigrationRow *self, gboolean choosable);

G_END_DECLS
