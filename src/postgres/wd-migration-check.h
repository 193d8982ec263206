/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-migration.h"

G_BEGIN_DECLS

gboolean wd_migration_is_wanted (const WdMigration *migration, const char *const *names);
gboolean wd_migration_check_all (GPtrArray *migrations, const char *const *names, GError **error);

G_END_DECLS
