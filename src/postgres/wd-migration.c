/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* migrations/README.md says what the files look like and why. */

#include "postgres/wd-migration.h"

#include <gio/gio.h>
#include <string.h>

#include "migrations.h"

#define FOLDER "/org/workerdashboard/WorkerDashboard/migrations/"
#define SUFFIX ".sql"
#define SEPARATOR "-- statement"

/* The value of a line `-- KEY: VALUE` in the comment the file begins with. */
static char *
find_header (const char *sql, const char *key)
{
  g_autofree char *prefix = g_strconcat ("-- ", key, ":", NULL);
  const char *line = sql;

  while (g_str_has_prefix (line, "--") && !g_str_has_prefix (line, SEPARATOR "\n"))
    {
      gsize length = strcspn (line, "\n");

      if (g_str_has_prefix (line, prefix))
        return g_strstrip (g_strndup (line + strlen (prefix), length - strlen (prefix)));
      line += length;
      if (*line == '\n')
        line++;
    }
  return NULL;
}

/**
 * wd_migration_new:
 * @name: the file's name without its suffix
 * @sql: its text
 *
 * Returns: (transfer full): a migration, taken as pending
 */
WdMigration *
wd_migration_new (const char *name, const char *sql)
{
  WdMigration *self = g_new0 (WdMigration, 1);
  g_autofree char *transaction = find_header (sql, "transaction");

  self->name = g_strdup (name);
  self->sql = g_strdup (sql);
  self->checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);
  self->note = find_header (sql, "optional");
  self->transactional = g_strcmp0 (transaction, "none") != 0;
  self->optional = self->note != NULL;
  return self;
}

/**
 * wd_migration_free:
 * @self: (transfer full) (nullable): a migration
 */
void
wd_migration_free (WdMigration *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->sql);
  g_free (self->checksum);
  g_free (self->note);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * wd_migration_load_all:
 *
 * Returns: (transfer full) (element-type WdMigration): the files this program carries, in order
 */
GPtrArray *
wd_migration_load_all (void)
{
  GResource *resource = migrations_get_resource ();
  g_auto (GStrv) files = g_resource_enumerate_children (resource, FOLDER, 0, NULL);
  GPtrArray *migrations = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_migration_free);

  g_assert (files != NULL);
  qsort (files, g_strv_length (files), sizeof (char *), compare_names);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, files[i], NULL);
      g_autofree char *name = g_strndup (files[i], strlen (files[i]) - strlen (SUFFIX));
      g_autoptr (GBytes) data = g_resource_lookup_data (resource, path, 0, NULL);
      g_autofree char *sql = g_strndup (g_bytes_get_data (data, NULL), g_bytes_get_size (data));

      g_ptr_array_add (migrations, wd_migration_new (name, sql));
    }
  return migrations;
}

static void
clear_chunk (gpointer data)
{
  g_free (((WdMigrationChunk *) data)->sql);
}

static void
take_chunk (GArray *chunks, GString *text)
{
  WdMigrationChunk chunk = { NULL, FALSE };

  g_strchomp (text->str);
  chunk.makes_statements = g_str_has_suffix (text->str, "\n\\gexec");
  if (chunk.makes_statements)
    text->str[strlen (text->str) - strlen ("\n\\gexec")] = '\0';
  chunk.sql = g_strdup (text->str);
  g_array_append_val (chunks, chunk);
  g_string_truncate (text, 0);
}

/**
 * wd_migration_split:
 * @self: a migration with its SQL
 *
 * Returns: (transfer full) (element-type WdMigrationChunk): what to send, one after the other
 */
GArray *
wd_migration_split (const WdMigration *self)
{
  GArray *chunks = g_array_new (FALSE, FALSE, sizeof (WdMigrationChunk));
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (self->sql, "\n", -1);

  g_array_set_clear_func (chunks, clear_chunk);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strcmp (lines[i], SEPARATOR) == 0)
        take_chunk (chunks, text);
      else
        g_string_append_printf (text, "%s\n", lines[i]);
    }
  take_chunk (chunks, text);
  return chunks;
}
