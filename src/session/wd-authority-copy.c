/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file of certificates that a person chose, kept beside the connections. To a sandboxed program a
 * chosen file is lent: it may be taken back, and it is not there for the next program. */

#include "session/wd-authority-copy.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/wd-error.h"
#include "base/wd-worker-thread.h"

/* All authorities that a system trusts are a quarter of this. */
#define BYTES_MAX (1024 * 1024)

typedef struct {
  WdWorkerThread *thread;   /* (owned) */
  GFile *file;              /* (owned) */
} Copy;

static void
copy_free (Copy *copy)
{
  wd_worker_thread_shut_down (copy->thread);
  g_object_unref (copy->thread);
  g_object_unref (copy->file);
  g_free (copy);
}

/* Worker. */
static char *
read_text (GFile *file, gsize *length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *text = NULL;

  if (stream == NULL)
    return NULL;
  text = g_malloc (BYTES_MAX + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, BYTES_MAX, length, cancellable,
                                error))
    return NULL;
  text[*length] = '\0';
  if (*length < BYTES_MAX && strstr (text, "-----BEGIN CERTIFICATE-----") != NULL)
    return g_steal_pointer (&text);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("There is no certificate in it, in the form that is called PEM"));
  return NULL;
}

/* Another file of the same name has another name here. */
static char *
dup_name (GFile *file, const char *text, gsize length)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text,
                                                      length);
  char *end = strrchr (name, '.');

  if (end != NULL && end != name)
    *end = '\0';
  return g_strdup_printf ("%s-%.8s.pem", name, sum);
}

/* Worker. */
static char *
copy (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "worker-dashboard",
                                              "certificates", NULL);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  gsize length;

  text = read_text (file, &length, cancellable, error);
  if (text == NULL)
    return NULL;
  name = dup_name (file, text, length);
  path = g_build_filename (folder, name, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                           g_strerror (errno));
      return NULL;
    }
  if (!g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

static void
copy_worker (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  char *path = copy (((const Copy *) task_data)->file, cancellable, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * wd_authority_copy_async:
 * @file: of certificates, as it was chosen
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Copies it to where connections are kept, under a name of its own.
 */
void
wd_authority_copy_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Copy *job;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, data);
  job = g_new0 (Copy, 1);
  job->thread = wd_worker_thread_new ("authority", NULL, NULL);
  job->file = g_object_ref (file);
  g_task_set_source_tag (task, wd_authority_copy_async);
  g_task_set_task_data (task, job, (GDestroyNotify) copy_free);
  wd_worker_thread_push (job->thread, task, copy_worker);
}

/**
 * wd_authority_copy_finish:
 * @file: of the call
 * @result: of the call
 * @error: %WD_ERROR_INVALID_ARGUMENT where it holds none, or of GIO
 *
 * Returns: (transfer full) (type filename): the path of the copy
 */
char *
wd_authority_copy_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
