/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-migration-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

static gboolean
check_states (GPtrArray *migrations, GError **error)
{
  for (guint i = 0; i < migrations->len; i++)
    {
      const WdMigration *migration = g_ptr_array_index (migrations, i);

      if (migration->state == WD_MIGRATION_EDITED)
        {
          g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                       _("The migration “%s” was applied with other contents than this program "
                         "has; nothing was changed"),
                       migration->name);
          return FALSE;
        }
      if (migration->state == WD_MIGRATION_FOREIGN)
        {
          g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                       _("A newer program applied the migration “%s”, which this one does not "
                         "know; nothing was changed"),
                       migration->name);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * wd_migration_is_wanted:
 * @migration: a migration
 * @names: (nullable) (array zero-terminated=1): those asked for
 *
 * Returns: whether to apply it: without @names all but the optional ones
 */
gboolean
wd_migration_is_wanted (const WdMigration *migration, const char *const *names)
{
  return names == NULL ? !migration->optional : g_strv_contains (names, migration->name);
}

static gboolean
has_name (GPtrArray *migrations, const char *name)
{
  for (guint i = 0; i < migrations->len; i++)
    if (strcmp (((WdMigration *) g_ptr_array_index (migrations, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Each file may build on all required ones before it. */
static gboolean
check_names (GPtrArray *migrations, const char *const *names, GError **error)
{
  const WdMigration *missing = NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!has_name (migrations, names[i]))
      {
        g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no migration “%s”"),
                     names[i]);
        return FALSE;
      }
  for (guint i = 0; i < migrations->len; i++)
    {
      const WdMigration *migration = g_ptr_array_index (migrations, i);

      if (migration->state == WD_MIGRATION_APPLIED)
        continue;
      if (wd_migration_is_wanted (migration, names) && missing != NULL)
        {
          g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                       _("The migration “%s” needs “%s” first"), migration->name, missing->name);
          return FALSE;
        }
      if (!wd_migration_is_wanted (migration, names) && !migration->optional && missing == NULL)
        missing = migration;
    }
  return TRUE;
}

/**
 * wd_migration_check_all:
 * @migrations: (element-type WdMigration): compared with the ledger
 * @names: (nullable) (array zero-terminated=1): those asked for
 * @error: %WD_ERROR_REFUSED or %WD_ERROR_NOT_FOUND
 *
 * Returns: whether what is wanted may be applied to this database
 */
gboolean
wd_migration_check_all (GPtrArray *migrations, const char *const *names, GError **error)
{
  return check_states (migrations, error) && check_names (migrations, names, error);
}
