/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The private folder of sample data, and where its servers listen within.
 *
 * What fills, works on and moves sample data is given such a folder and nothing else: it makes the
 * address itself, so that no other server can be meant. */

#include "base/wd-sample-place.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/wd-error.h"

#define LETTERS 6

/**
 * wd_sample_place_check:
 * @folder: absolute path
 * @error: %WD_ERROR_REFUSED
 *
 * Any thread; looks at the folder itself, which does not wait.
 *
 * Returns: whether @folder is one that was made for sample data, by this user and for nobody else
 */
gboolean
wd_sample_place_check (const char *folder, GError **error)
{
  g_autofree char *name = folder != NULL ? g_path_get_basename (folder) : NULL;
  struct stat found;

  if (name != NULL && g_path_is_absolute (folder) && g_str_has_prefix (name, WD_SAMPLE_FOLDER)
      && strlen (name) == strlen (WD_SAMPLE_FOLDER) + LETTERS && lstat (folder, &found) == 0
      && S_ISDIR (found.st_mode) && found.st_uid == geteuid () && (found.st_mode & 077) == 0)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                       _("This is not the private folder of sample data"));
  return FALSE;
}

/**
 * wd_sample_place_database_url:
 * @folder: of sample data
 *
 * Returns: (transfer full): the address of its PostgreSQL
 */
char *
wd_sample_place_database_url (const char *folder)
{
  g_autofree char *host = g_uri_escape_string (folder, "/", FALSE);

  return g_strdup_printf ("postgresql://sample@/postgres?host=%s&port=5432", host);
}

/**
 * wd_sample_place_redis_socket:
 * @folder: of sample data
 *
 * Returns: (transfer full): the path of its Redis' socket
 */
char *
wd_sample_place_redis_socket (const char *folder)
{
  return g_build_filename (folder, "redis.sock", NULL);
}

/**
 * wd_sample_place_redis_url:
 * @folder: of sample data
 *
 * Returns: (transfer full): the address of its Redis
 */
char *
wd_sample_place_redis_url (const char *folder)
{
  g_autofree char *socket = wd_sample_place_redis_socket (folder);
  g_autofree char *path = g_uri_escape_string (socket, "/", FALSE);

  return g_strconcat ("redis+unix://", path, "?db=0", NULL);
}
