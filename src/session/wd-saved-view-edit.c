/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes to a key file of views, whose order is that of its groups. Each gives another file, with
 * the comments and the keys of later versions, and leaves the one it was given alone. */

#include "session/wd-saved-view-edit.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "session/wd-key-file.h"
#include "session/wd-saved-view-file.h"

static GPtrArray *
list_groups (GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (char **group = groups; *group != NULL; group++)
    g_ptr_array_add (names, g_strdup (*group));
  return names;
}

static GKeyFile *
arrange (GKeyFile *file, GPtrArray *names)
{
  GKeyFile *arranged = g_key_file_new ();

  for (guint i = 0; i < names->len; i++)
    wd_key_file_copy_group (file, names->pdata[i], arranged, names->pdata[i]);
  return arranged;
}

static gboolean
check_there (GKeyFile *file, const char *name, GError **error)
{
  if (g_key_file_has_group (file, name))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no view named “%s”"), name);
  return FALSE;
}

static gboolean
check_free (GKeyFile *file, const char *name, GError **error)
{
  if (!g_key_file_has_group (file, name))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_DUPLICATE, _("There is a view named “%s” already"), name);
  return FALSE;
}

/**
 * wd_saved_view_edit_list:
 * @file: a key file of views
 *
 * Returns: (transfer full) (element-type WdSavedView): one for each group, also for those that
 *   cannot be shown, which say why
 */
GPtrArray *
wd_saved_view_edit_list (GKeyFile *file)
{
  g_autoptr (GPtrArray) names = list_groups (file);
  GPtrArray *views = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (views, wd_saved_view_file_read (file, names->pdata[i]));
  return views;
}

/**
 * wd_saved_view_edit_save:
 * @file: a key file of views
 * @view: what is to be in it
 * @replaces: (nullable): the name of what it takes the place of; %NULL to stand at the end
 * @error: %WD_ERROR_DUPLICATE, %WD_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the file with @view
 */
GKeyFile *
wd_saved_view_edit_save (GKeyFile *file, WdSavedView *view, const char *replaces, GError **error)
{
  const char *name = wd_saved_view_get_name (view);
  g_autoptr (GPtrArray) names = list_groups (file);
  GKeyFile *saved;

  if ((g_strcmp0 (name, replaces) != 0 && !check_free (file, name, error))
      || (replaces != NULL && !check_there (file, replaces, error)))
    return NULL;
  saved = g_key_file_new ();
  for (guint i = 0; i < names->len; i++)
    {
      const char *old = names->pdata[i];

      wd_key_file_copy_group (file, old, saved, g_strcmp0 (old, replaces) == 0 ? name : old);
    }
  /* What this version cannot show stays as it is written, whatever it is called. */
  if (wd_saved_view_get_page (view) != NULL)
    wd_saved_view_file_write (saved, view);
  return saved;
}

/**
 * wd_saved_view_edit_move:
 * @file: a key file of views
 * @name: of one
 * @position: where it is to stand; beyond the end is the end
 * @error: %WD_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the file in that order
 */
GKeyFile *
wd_saved_view_edit_move (GKeyFile *file, const char *name, guint position, GError **error)
{
  g_autoptr (GPtrArray) names = list_groups (file);
  guint index;

  if (!check_there (file, name, error))
    return NULL;
  if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, &index))
    {
      char *moved = g_ptr_array_steal_index (names, index);

      g_ptr_array_insert (names, (int) MIN (position, names->len), moved);
    }
  return arrange (file, names);
}

/**
 * wd_saved_view_edit_remove:
 * @file: a key file of views
 * @name: of one
 * @error: %WD_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the file without it
 */
GKeyFile *
wd_saved_view_edit_remove (GKeyFile *file, const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = list_groups (file);
  guint index;

  if (!check_there (file, name, error))
    return NULL;
  if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, &index))
    g_ptr_array_remove_index (names, index);
  return arrange (file, names);
}

/**
 * wd_saved_view_edit_import:
 * @file: a key file of views
 * @from: another one
 * @names: (array zero-terminated=1): of views in @from
 *
 * Returns: (transfer full): the file with these; those that have such a name make room where they
 *   stand
 */
GKeyFile *
wd_saved_view_edit_import (GKeyFile *file, GKeyFile *from, char **names)
{
  g_autoptr (GPtrArray) groups = list_groups (file);
  GKeyFile *merged = g_key_file_new ();

  for (guint i = 0; i < groups->len; i++)
    {
      gboolean replaced = g_strv_contains ((const char *const *) names, groups->pdata[i]);

      wd_key_file_copy_group (replaced ? from : file, groups->pdata[i], merged, groups->pdata[i]);
    }
  for (char **name = names; *name != NULL; name++)
    if (!g_key_file_has_group (merged, *name))
      wd_key_file_copy_group (from, *name, merged, *name);
  return merged;
}

/**
 * wd_saved_view_edit_restore:
 * @file: a key file of views
 * @removed: one with a single view
 * @position: where that is to stand
 * @error: %WD_ERROR_DUPLICATE
 *
 * Returns: (transfer full) (nullable): the file with it
 */
GKeyFile *
wd_saved_view_edit_restore (GKeyFile *file, GKeyFile *removed, guint position, GError **error)
{
  g_autofree char *name = g_key_file_get_start_group (removed);
  char *names[] = { name, NULL };
  g_autoptr (GKeyFile) merged = NULL;

  if (!check_free (file, name, error))
    return NULL;
  merged = wd_saved_view_edit_import (file, removed, names);
  return wd_saved_view_edit_move (merged, name, position, error);
}
