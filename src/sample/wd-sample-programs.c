/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the servers where distributions put them: Debian keeps those of PostgreSQL out of PATH, by
 * version. The Flatpak brings its own, in PATH. */

#include "sample/wd-sample-programs.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

#define DEBIAN_FOLDER "/usr/lib/postgresql"
#define OTHER_FOLDERS "/usr/bin:/usr/sbin:/usr/local/bin:/usr/local/sbin"

/* Where servers are sought instead, in the manner of PATH. */
#define VARIABLE "WORKER_DASHBOARD_SERVERS"

static char *
find_in (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR)
           ? g_steal_pointer (&path) : NULL;
}

/* The newest first. */
static int
compare_versions (gconstpointer a, gconstpointer b)
{
  double first = g_ascii_strtod (*(const char *const *) a, NULL);
  double second = g_ascii_strtod (*(const char *const *) b, NULL);

  return (first < second) - (first > second);
}

static void
add_debian_folders (GPtrArray *folders)
{
  g_autoptr (GDir) dir = g_dir_open (DEBIAN_FOLDER, 0, NULL);
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (versions, g_strdup (name));
  g_ptr_array_sort (versions, compare_versions);
  for (guint i = 0; i < versions->len; i++)
    g_ptr_array_add (folders, g_build_filename (DEBIAN_FOLDER, versions->pdata[i], "bin", NULL));
}

static void
add_path (GPtrArray *folders, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path != NULL ? path : "", ":", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (g_path_is_absolute (parts[i]))
      g_ptr_array_add (folders, g_strdup (parts[i]));
}

static GPtrArray *
list_folders (void)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  const char *chosen = g_getenv (VARIABLE);

  if (chosen != NULL)
    {
      add_path (folders, chosen);
      return folders;
    }
  add_debian_folders (folders);
  add_path (folders, g_getenv ("PATH"));
  add_path (folders, OTHER_FOLDERS);
  return folders;
}

/* Says what is missing and which packages bring it, by the names of two families of systems. */
static void
set_missing (GError **error, gboolean has_postgres, gboolean has_redis)
{
  const char *missing, *apt, *dnf;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_FOUND,
                           _("Sample data need a PostgreSQL and a Redis server, which are not part "
                             "of the Flatpak. Install Worker Dashboard from a package to explore "
                             "with sample data."));
      return;
    }
  if (!has_postgres && !has_redis)
    {
      missing = _("a PostgreSQL server and a Redis server");
      apt = "postgresql redis-server";
      dnf = "postgresql-server valkey";
    }
  else if (!has_postgres)
    {
      missing = _("a PostgreSQL server");
      apt = "postgresql";
      dnf = "postgresql-server";
    }
  else
    {
      missing = _("a Redis server");
      apt = "redis-server";
      dnf = "valkey";
    }
  /* TRANSLATORS: the first %s is what is missing, the others are names of packages */
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND,
               _("The sample data need %s on this computer. Install it and try again.\n"
                 "Debian, Ubuntu: sudo apt install %s\nFedora: sudo dnf install %s\n"
                 "Nothing was started."), missing, apt, dnf);
}

/**
 * wd_sample_programs_find:
 * @error: %WD_ERROR_NOT_FOUND, which names the packages to install
 *
 * Looks at folders. Worker.
 *
 * Returns: (transfer full): the servers of this computer
 */
WdSamplePrograms *
wd_sample_programs_find (GError **error)
{
  g_autoptr (WdSamplePrograms) self = g_new0 (WdSamplePrograms, 1);
  g_autoptr (GPtrArray) folders = list_folders ();
  const char *const servers[] = { "redis-server", "valkey-server" };

  for (guint i = 0; i < folders->len && self->postgres == NULL; i++)
    {
      g_autofree char *postgres = find_in (folders->pdata[i], "postgres");

      self->initdb = postgres != NULL ? find_in (folders->pdata[i], "initdb") : NULL;
      if (self->initdb != NULL)
        self->postgres = g_steal_pointer (&postgres);
    }
  for (gsize s = 0; s < G_N_ELEMENTS (servers); s++)
    for (guint i = 0; i < folders->len && self->redis == NULL; i++)
      self->redis = find_in (folders->pdata[i], servers[s]);
  if (self->postgres == NULL || self->redis == NULL)
    {
      set_missing (error, self->postgres != NULL, self->redis != NULL);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * wd_sample_programs_free:
 * @self: (transfer full): paths
 */
void
wd_sample_programs_free (WdSamplePrograms *self)
{
  g_free (self->initdb);
  g_free (self->postgres);
  g_free (self->redis);
  g_free (self);
}
