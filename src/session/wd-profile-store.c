/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of connection profiles. One thread reads and writes it, so that a home folder on a
 * network stalls no window, and changes follow each other. The file is replaced as a whole: a
 * crash leaves the old one or the new one. It holds no password, and is private all the same. */

#include "session/wd-profile-store.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-worker-thread.h"
#include "session/wd-key-file.h"
#include "session/wd-profile-file.h"

struct _WdProfileStore {
  GObject parent_instance;

  char *path;                   /* (owned) */
  WdWorkerThread *thread;       /* (owned) */
};

typedef struct {
  WdProfile *profile;           /* (owned) (nullable): to write */
  char *remove;                 /* (owned) (nullable): to remove */
} Change;

/* What is in the file. */
typedef struct {
  GPtrArray *profiles;          /* (owned) (element-type WdProfile) */
  GPtrArray *problems;          /* (owned) (element-type WdProfileProblem) */
} Contents;

G_DEFINE_FINAL_TYPE (WdProfileStore, wd_profile_store, G_TYPE_OBJECT)

static void
change_free (Change *change)
{
  wd_profile_unref (change->profile);
  g_free (change->remove);
  g_free (change);
}

static void
problem_free (WdProfileProblem *problem)
{
  g_free (problem->name);
  g_error_free (problem->error);
  g_free (problem);
}

static void
contents_free (Contents *contents)
{
  g_clear_pointer (&contents->profiles, g_ptr_array_unref);
  g_clear_pointer (&contents->problems, g_ptr_array_unref);
  g_free (contents);
}

/* A file that is not there is an empty one. Worker. */
static GKeyFile *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  GKeyFile *file = wd_key_file_load (path, &local);

  if (file != NULL)
    return file;
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("The connections in %s cannot be read: %s"),
               path, local->message);
  return NULL;
}

/* Worker. */
static gboolean
write_file (const char *path, GKeyFile *file, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wd_key_file_save (file, path, &local))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
               _("The connections cannot be saved in %s: %s. Nothing was changed."), path,
               local->message);
  return FALSE;
}

/* One that is badly written is no reason to lose the others. Worker. */
static void
read_group (Contents *contents, GKeyFile *file, const char *name, const char *path)
{
  g_autoptr (GError) error = NULL;
  WdProfile *profile = wd_profile_file_read (file, name, &error);
  WdProfileProblem *problem;

  if (profile != NULL)
    {
      g_ptr_array_add (contents->profiles, profile);
      return;
    }
  problem = g_new0 (WdProfileProblem, 1);
  problem->name = g_strdup (name);
  problem->error = g_error_new (error->domain, error->code,
                                _("%s. It is left out until it is mended in %s."), error->message,
                                path);
  g_ptr_array_add (contents->problems, problem);
}

static void
load_worker (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = read_file (resource, &error);
  g_auto (GStrv) names = NULL;
  Contents *contents;

  if (file == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  contents = g_new0 (Contents, 1);
  contents->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_profile_unref);
  contents->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  names = g_key_file_get_groups (file, NULL);
  for (char **name = names; *name != NULL; name++)
    read_group (contents, file, *name, resource);
  g_task_return_pointer (task, contents, (GDestroyNotify) contents_free);
}

static gboolean
apply (GKeyFile *file, const Change *change, GError **error)
{
  const char *name = change->profile != NULL ? change->profile->name : NULL;
  gboolean renamed = name != NULL && g_strcmp0 (name, change->remove) != 0;

  if (renamed && g_key_file_has_group (file, name))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_DUPLICATE,
                   _("There is a connection named “%s” already"), name);
      return FALSE;
    }
  if (change->remove != NULL && (renamed || name == NULL)
      && !(renamed ? wd_profile_file_rename (file, change->remove, name)
                   : g_key_file_remove_group (file, change->remove, NULL)))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no connection named “%s”"),
                   change->remove);
      return FALSE;
    }
  if (name != NULL)
    wd_profile_file_write (file, change->profile);
  return TRUE;
}

static void
change_worker (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = read_file (resource, &error);

  if (file != NULL && apply (file, task_data, &error) && write_file (resource, file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
wd_profile_store_dispose (GObject *object)
{
  WdProfileStore *self = WD_PROFILE_STORE (object);

  if (self->thread != NULL)
    wd_worker_thread_shut_down (self->thread);
  g_clear_object (&self->thread);
  G_OBJECT_CLASS (wd_profile_store_parent_class)->dispose (object);
}

static void
wd_profile_store_finalize (GObject *object)
{
  WdProfileStore *self = WD_PROFILE_STORE (object);

  g_free (self->path);
  G_OBJECT_CLASS (wd_profile_store_parent_class)->finalize (object);
}

static void
wd_profile_store_class_init (WdProfileStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_profile_store_dispose;
  object_class->finalize = wd_profile_store_finalize;
}

static void
wd_profile_store_init (WdProfileStore *self)
{
}

/**
 * wd_profile_store_new:
 * @path: (nullable): the file; %NULL is the user's own
 *
 * Returns: (transfer full): a store that has not read anything yet
 */
WdProfileStore *
wd_profile_store_new (const char *path)
{
  WdProfileStore *self = g_object_new (WD_TYPE_PROFILE_STORE, NULL);

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_config_dir (), "worker-dashboard",
                                                "profiles.conf", NULL);
  self->thread = wd_worker_thread_new ("profiles", g_strdup (self->path), g_free);
  return self;
}

/**
 * wd_profile_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the key file that holds the connections, which need not exist
 */
const char *
wd_profile_store_get_path (WdProfileStore *self)
{
  g_return_val_if_fail (WD_IS_PROFILE_STORE (self), NULL);

  return self->path;
}

/**
 * wd_profile_store_load_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_profile_store_load_async (WdProfileStore *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_PROFILE_STORE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, wd_profile_store_load_async);
  wd_worker_thread_push (self->thread, task, load_worker);
}

/**
 * wd_profile_store_load_finish:
 * @self: a store
 * @result: of the call
 * @problems: (out) (optional) (transfer full) (nullable) (element-type WdProfileProblem): what
 *   cannot be read of the rest
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WdProfile): every profile that can be read, in the order
 *   of the file and without passwords. wd_profile_get_warning() tells what is wrong with one.
 */
GPtrArray *
wd_profile_store_load_finish (WdProfileStore *self, GAsyncResult *result, GPtrArray **problems,
                              GError **error)
{
  Contents *contents;
  GPtrArray *profiles = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (problems != NULL)
    *problems = NULL;
  contents = g_task_propagate_pointer (G_TASK (result), error);
  if (contents == NULL)
    return NULL;
  profiles = g_steal_pointer (&contents->profiles);
  if (problems != NULL)
    *problems = g_steal_pointer (&contents->problems);
  contents_free (contents);
  return profiles;
}

/**
 * wd_profile_store_find:
 * @profiles: (element-type WdProfile): of wd_profile_store_load_finish()
 * @problems: (element-type WdProfileProblem): likewise
 * @name: of a connection
 * @error: why it cannot be read; unset where there is none of that name
 *
 * Returns: (transfer none) (nullable): the connection
 */
WdProfile *
wd_profile_store_find (GPtrArray *profiles, GPtrArray *problems, const char *name, GError **error)
{
  for (guint i = 0; i < profiles->len; i++)
    if (g_strcmp0 (((WdProfile *) profiles->pdata[i])->name, name) == 0)
      return profiles->pdata[i];
  for (guint i = 0; i < problems->len; i++)
    {
      const WdProfileProblem *problem = problems->pdata[i];

      if (g_strcmp0 (problem->name, name) == 0)
        {
          g_propagate_error (error, g_error_copy (problem->error));
          break;
        }
    }
  return NULL;
}

/**
 * wd_profile_store_names:
 * @profiles: (element-type WdProfile): of wd_profile_store_load_finish()
 * @problems: (element-type WdProfileProblem): likewise
 * @except: (nullable): a name to leave out
 *
 * Returns: (transfer full) (array zero-terminated=1): every name that is taken
 */
char **
wd_profile_store_names (GPtrArray *profiles, GPtrArray *problems, const char *except)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < profiles->len; i++)
    if (g_strcmp0 (((WdProfile *) profiles->pdata[i])->name, except) != 0)
      g_strv_builder_add (names, ((WdProfile *) profiles->pdata[i])->name);
  for (guint i = 0; i < problems->len; i++)
    g_strv_builder_add (names, ((WdProfileProblem *) problems->pdata[i])->name);
  return g_strv_builder_end (names);
}

static void
push_change (WdProfileStore *self, WdProfile *profile, const char *remove, GTask *task)
{
  Change *change = g_new0 (Change, 1);

  change->profile = profile != NULL ? wd_profile_ref (profile) : NULL;
  change->remove = g_strdup (remove);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  wd_worker_thread_push (self->thread, task, change_worker);
}

/**
 * wd_profile_store_save_async:
 * @self: a store
 * @profile: to write; refused with a password in an address
 * @replaces: (nullable): the name it had; %NULL for a new one
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_profile_store_save_async (WdProfileStore *self, WdProfile *profile, const char *replaces,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WD_IS_PROFILE_STORE (self));
  g_return_if_fail (profile != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, wd_profile_store_save_async);
  if (wd_profile_validate (profile, &error))
    push_change (self, profile, replaces, task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * wd_profile_store_save_finish:
 * @self: a store
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 */
gboolean
wd_profile_store_save_finish (WdProfileStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_profile_store_remove_async:
 * @self: a store
 * @name: of the profile; its passwords are wd_secrets_clear_async()'s
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_profile_store_remove_async (WdProfileStore *self, const char *name, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_PROFILE_STORE (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, wd_profile_store_remove_async);
  push_change (self, NULL, name, task);
}

/**
 * wd_profile_store_remove_finish:
 * @self: a store
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 */
gboolean
wd_profile_store_remove_finish (WdProfileStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
