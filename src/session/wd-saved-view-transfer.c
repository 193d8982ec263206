/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Views from and to files that people give each other. They are of the same form as the user's own
 * file, and written as they stand there: nothing of a later version gets lost on the way. */

#include "session/wd-saved-view-transfer.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "session/wd-key-file.h"
#include "session/wd-saved-views-private.h"

/* Nobody has ten thousand views; whatever such a file is, it is something else. */
#define IMPORT_MAX (1024 * 1024)

typedef struct {
  GFile *file;              /* (owned) */
  char *name;               /* (owned) (nullable): of a view */
} Transfer;

static void
transfer_free (Transfer *transfer)
{
  g_object_unref (transfer->file);
  g_free (transfer->name);
  g_free (transfer);
}

/* Worker. */
static gboolean
export_views (const Transfer *transfer, GKeyFile *own, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) names = g_key_file_get_groups (own, NULL);
  g_autofree char *text = NULL;
  gsize length;

  for (char **name = names; *name != NULL; name++)
    if (transfer->name == NULL || g_strcmp0 (*name, transfer->name) == 0)
      wd_key_file_copy_group (own, *name, file, *name);
  text = g_key_file_to_data (file, &length, NULL);
  if (length > 0)
    return g_file_replace_contents (transfer->file, text, length, NULL, FALSE,
                                    /* Else it would be as open as one that was there before. */
                                    G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                    NULL, NULL, error);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no view to be exported"));
  return FALSE;
}

static void
export_worker (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) own = wd_saved_views_read_own (resource, &error);

  if (own != NULL && export_views (task_data, own, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Worker. */
static GKeyFile *
read_views (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;
  g_autoptr (GKeyFile) read = g_key_file_new ();
  gsize length;

  if (stream == NULL)
    return NULL;
  text = g_malloc (IMPORT_MAX + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, IMPORT_MAX + 1, &length, NULL,
                                error))
    return NULL;
  if (length > IMPORT_MAX)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("It is too long for a file of views"));
      return NULL;
    }
  if (!g_key_file_load_from_data (read, text, length, G_KEY_FILE_KEEP_COMMENTS, error))
    return NULL;
  first = g_key_file_get_start_group (read);
  if (first != NULL)
    return g_steal_pointer (&read);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("There is no view in it"));
  return NULL;
}

static void
read_worker (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GKeyFile *file = read_views (((const Transfer *) task_data)->file, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) g_key_file_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
push (WdSavedViews *views, GFile *file, const char *name, WdWorkerFunc worker, gpointer tag,
      GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (views, NULL, callback, data);
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->file = g_object_ref (file);
  transfer->name = g_strdup (name);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, transfer, (GDestroyNotify) transfer_free);
  wd_saved_views_push (views, task, worker);
}

/**
 * wd_saved_view_export_async:
 * @views: the user's views
 * @name: (nullable): of the one to write; %NULL for all
 * @file: where to; replaced as a whole
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_saved_view_export_async (WdSavedViews *views, const char *name, GFile *file,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (WD_IS_SAVED_VIEWS (views));
  g_return_if_fail (G_IS_FILE (file));

  push (views, file, name, export_worker, wd_saved_view_export_async, callback, data);
}

/**
 * wd_saved_view_export_finish:
 * @views: the user's views
 * @result: of the call
 * @error: in #WD_ERROR or #G_IO_ERROR; what was at that place before is then still there
 */
gboolean
wd_saved_view_export_finish (WdSavedViews *views, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, views), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_saved_view_read_async:
 * @views: the user's views, which stay as they are
 * @file: of exported views
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_saved_view_read_async (WdSavedViews *views, GFile *file, GAsyncReadyCallback callback,
                          gpointer data)
{
  g_return_if_fail (WD_IS_SAVED_VIEWS (views));
  g_return_if_fail (G_IS_FILE (file));

  push (views, file, NULL, read_worker, wd_saved_view_read_async, callback, data);
}

/**
 * wd_saved_view_read_finish:
 * @views: the user's views
 * @result: of the call
 * @error: in #WD_ERROR, #G_IO_ERROR or #G_KEY_FILE_ERROR
 *
 * Returns: (transfer full) (nullable): what is in it, for wd_saved_view_edit_list() and
 *   wd_saved_views_import_async()
 */
GKeyFile *
wd_saved_view_read_finish (WdSavedViews *views, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, views), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
