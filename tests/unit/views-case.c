/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "views-case.h"

#include <glib/gstdio.h>

#include "session/wd-saved-view-transfer.h"

void
views_case_set_up (ViewsCase *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("wd-views-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "views.conf", NULL);
  fixture->other = g_build_filename (fixture->folder, "given.views", NULL);
  fixture->views = wd_saved_views_new (fixture->path);
}

void
views_case_tear_down (ViewsCase *fixture, gconstpointer user_data)
{
  g_object_unref (fixture->views);
  g_remove (fixture->path);
  g_remove (fixture->other);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->other);
  g_free (fixture->folder);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

gboolean
views_case_load (ViewsCase *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_load_async (fixture->views, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

gboolean
views_case_save (ViewsCase *fixture, WdSavedView *view, const char *replaces, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_save_async (fixture->views, view, replaces, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

gboolean
views_case_move (ViewsCase *fixture, const char *name, guint position, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_move_async (fixture->views, name, position, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

gboolean
views_case_import (ViewsCase *fixture, GKeyFile *from, const char *const *names, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_import_async (fixture->views, from, names, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

GKeyFile *
views_case_remove_view (ViewsCase *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_remove_async (fixture->views, name, done_cb, &result);
  return wd_saved_views_remove_finish (fixture->views, wait_for (&result), error);
}

gboolean
views_case_restore (ViewsCase *fixture, GKeyFile *removed, guint position, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_restore_async (fixture->views, removed, position, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

gboolean
views_case_export_to (ViewsCase *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (fixture->other);

  wd_saved_view_export_async (fixture->views, name, file, done_cb, &result);
  return wd_saved_view_export_finish (fixture->views, wait_for (&result), error);
}

GKeyFile *
views_case_read_other (ViewsCase *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (fixture->other);

  wd_saved_view_read_async (fixture->views, file, done_cb, &result);
  return wd_saved_view_read_finish (fixture->views, wait_for (&result), error);
}

void
views_case_write_text (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

char *
views_case_read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The names in order, with a "!" after those that cannot be shown as they are. */
char *
views_case_list_names (GListModel *views)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (views); i++)
    {
      g_autoptr (WdSavedView) view = g_list_model_get_item (views, i);

      g_string_append_printf (names, "%s%s%s", i > 0 ? ", " : "", wd_saved_view_get_name (view),
                              wd_saved_view_get_problem (view) != NULL ? "!" : "");
    }
  return g_string_free (names, FALSE);
}
