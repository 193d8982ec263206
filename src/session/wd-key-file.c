/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files of the user's, which people also write by hand. They are replaced as a whole: a crash
 * leaves the old one or the new one. For workers: the folder may be on a network. */

#include "session/wd-key-file.h"

#include <errno.h>
#include <glib/gstdio.h>

/**
 * wd_key_file_load:
 * @path: of a file; one that is not there is an empty one
 * @error: in #G_FILE_ERROR or #G_KEY_FILE_ERROR
 *
 * Blocks.
 *
 * Returns: (transfer full): what is in it, with its comments
 */
GKeyFile *
wd_key_file_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &local)
      || g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * wd_key_file_save:
 * @file: what to write
 * @path: where; its folder is made
 * @error: in #G_FILE_ERROR; then the file is as it was
 *
 * Blocks. The file is readable by its owner alone.
 */
gboolean
wd_key_file_save (GKeyFile *file, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  gsize length;

  text = g_key_file_to_data (file, &length, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                           g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/**
 * wd_key_file_copy_group:
 * @from: a file
 * @name: of a group of it
 * @to: a file, which may be @from
 * @new_name: of a group that @to does not have
 *
 * Copies the group to the end, with its comments and the keys of later versions.
 *
 * Returns: whether there was one
 */
gboolean
wd_key_file_copy_group (GKeyFile *from, const char *name, GKeyFile *to, const char *new_name)
{
  g_autofree char *comment = g_key_file_get_comment (from, name, NULL, NULL);
  g_auto (GStrv) keys = g_key_file_get_keys (from, name, NULL, NULL);

  if (keys == NULL)
    return FALSE;
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_value (from, name, *key, NULL);
      g_autofree char *above = g_key_file_get_comment (from, name, *key, NULL);

      g_key_file_set_value (to, new_name, *key, value);
      if (above != NULL && *above != '\0')
        g_key_file_set_comment (to, new_name, *key, g_strchomp (above), NULL);
    }
  if (*keys == NULL)
    {
      /* The only way to make a group that is empty. */
      g_key_file_set_value (to, new_name, "-", "");
      g_key_file_remove_key (to, new_name, "-", NULL);
    }
  if (comment != NULL && *comment != '\0')
    g_key_file_set_comment (to, new_name, NULL, g_strchomp (comment), NULL);
  return TRUE;
}
