/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Saves and deletes a connection in both of its places: the file, and the keyring.
 *
 * Passwords go first: a file that names a connection whose password nobody has would be worse than
 * a password without a connection. What is left over in the keyring afterwards is removed last, and
 * when that fails the connection is saved all the same, with a warning. */

#include "session/wd-profile-keeper.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "session/wd-profile-file.h"
#include "session/wd-secrets.h"

typedef struct {
  WdProfileStore *store;        /* (owned) */
  WdProfile *profile;           /* (owned) (nullable): to save */
  WdProfile *old;               /* (owned) (nullable): what it replaces, or what goes */
  gboolean keep;                /* what is in the keyring and not known stays */
  guint kind;                   /* the WdSecretKind at hand */
  gboolean stored;              /* a password was */
  char *warning;                /* (owned) (nullable) */
} Job;

static void store_next (GTask *task);
static void clear_next (GTask *task);

static void
job_free (Job *job)
{
  g_object_unref (job->store);
  wd_profile_unref (job->profile);
  wd_profile_unref (job->old);
  g_free (job->warning);
  g_free (job);
}

static GTask *
begin (WdProfileStore *store, WdProfile *profile, WdProfile *old, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->profile = profile != NULL ? wd_profile_ref (profile) : NULL;
  job->old = old != NULL ? wd_profile_ref (old) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static const char *
get_password (const WdProfile *profile, WdSecretKind kind)
{
  const char *passwords[] = { profile->database_password, profile->redis_password,
                              profile->api_token };

  return passwords[kind];
}

static gboolean
is_renamed (const Job *job)
{
  return job->profile != NULL && job->old != NULL
         && g_strcmp0 (job->profile->name, job->old->name) != 0;
}

/* Whether the keyring may hold something under the old name that nothing refers to any more. */
static gboolean
is_left_over (const Job *job, WdSecretKind kind)
{
  if (job->old == NULL || !job->old->keyring || job->keep)
    return FALSE;
  return job->profile == NULL || is_renamed (job) || get_password (job->profile, kind) == NULL;
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* The file is written: it is too late to be cancelled. */
  if (!wd_secrets_clear_finish (result, &error) && job->warning == NULL)
    job->warning = g_strdup_printf (
      job->profile != NULL
        ? _("The connection was saved, but a password that it no longer uses is still in the "
            "keyring: %s")
        : _("The connection was deleted, but its passwords are still in the keyring: %s"),
      error->message);
  job->kind++;
  clear_next (task);
}

static void
clear_next (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  while (job->kind <= WD_SECRET_API && !is_left_over (job, job->kind))
    job->kind++;
  if (job->kind <= WD_SECRET_API)
    {
      wd_secrets_clear_async (job->old->name, job->kind, NULL, cleared_cb, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!wd_profile_store_save_finish (WD_PROFILE_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  job->kind = WD_SECRET_POSTGRES;
  clear_next (task);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!wd_secrets_store_finish (result, &error))
    {
      g_prefix_error (&error, _("The connection was not saved. "));
      fail (task, error);
      return;
    }
  job->stored = TRUE;
  job->kind++;
  store_next (task);
}

static void
store_next (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  /* With one password stored it is too late: nothing would refer to it. */
  GCancellable *cancellable = job->stored ? NULL : g_task_get_cancellable (task);

  while (job->kind <= WD_SECRET_API && get_password (job->profile, job->kind) == NULL)
    job->kind++;
  if (job->kind <= WD_SECRET_API)
    wd_secrets_store_async (job->profile->name, job->kind, get_password (job->profile, job->kind),
                            cancellable, stored_cb, task);
  else
    wd_profile_store_save_async (job->store, job->profile, job->old != NULL ? job->old->name : NULL,
                                 NULL, saved_cb, task);
}

/* A name that is taken must be found before the other one's passwords are overwritten. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) profiles =
    wd_profile_store_load_finish (WD_PROFILE_STORE (source), result, &problems, &error);
  const char *name = job->profile->name;

  if (profiles == NULL)
    fail (task, error);
  else if (job->old != NULL && !is_renamed (job))
    store_next (task);
  else if (wd_profile_store_find (profiles, problems, name, &error) != NULL)
    fail (task, g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                             _("There is a connection named “%s” already"), name));
  else if (error != NULL)
    fail (task, error);
  else
    store_next (task);
}

/**
 * wd_profile_keeper_save_async:
 * @store: the file
 * @profile: to save, with its passwords
 * @replaces: (nullable): what it was when it was read; %NULL for a new one
 * @keep_passwords: the keyring could not be read: what @profile does not know of stays there
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_profile_keeper_save_async (WdProfileStore *store, WdProfile *profile, WdProfile *replaces,
                              gboolean keep_passwords, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;
  Job *job;
  GError *error = NULL;

  g_return_if_fail (WD_IS_PROFILE_STORE (store));
  g_return_if_fail (profile != NULL);

  task = begin (store, profile, replaces, cancellable, callback, data);
  g_task_set_source_tag (task, wd_profile_keeper_save_async);
  job = g_task_get_task_data (task);
  job->keep = keep_passwords;
  if (keep_passwords && is_renamed (job))
    g_set_error_literal (&error, WD_ERROR, WD_ERROR_NO_KEYRING,
                         _("The connection was not saved: its passwords cannot follow it to "
                           "another name, since the keyring cannot be read. Unlock the keyring "
                           "first."));
  if (error != NULL || !wd_profile_validate (profile, &error))
    fail (task, error);
  else
    wd_profile_store_load_async (store, cancellable, loaded_cb, task);
}

/**
 * wd_profile_keeper_save_finish:
 * @result: of the call
 * @warning: (out) (nullable) (transfer full): what could not be cleaned up though it is saved
 * @error: %WD_ERROR_NO_KEYRING, %WD_ERROR_DUPLICATE, …: it is not saved
 */
gboolean
wd_profile_keeper_save_finish (GAsyncResult *result, char **warning, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  *warning = g_steal_pointer (&job->warning);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (!wd_profile_store_remove_finish (WD_PROFILE_STORE (source), result, &error))
    fail (task, error);
  else
    clear_next (task);
}

/**
 * wd_profile_keeper_delete_async:
 * @store: the file
 * @profile: to delete, with its passwords in the keyring
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_profile_keeper_delete_async (WdProfileStore *store, WdProfile *profile,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *task;

  g_return_if_fail (WD_IS_PROFILE_STORE (store));
  g_return_if_fail (profile != NULL);

  task = begin (store, NULL, profile, cancellable, callback, data);
  g_task_set_source_tag (task, wd_profile_keeper_delete_async);
  wd_profile_store_remove_async (store, profile->name, cancellable, removed_cb, task);
}

/**
 * wd_profile_keeper_delete_finish:
 * @result: of the call
 * @warning: (out) (nullable) (transfer full): what could not be cleaned up though it is deleted
 * @error: in #WD_ERROR: it is not deleted
 */
gboolean
wd_profile_keeper_delete_finish (GAsyncResult *result, char **warning, GError **error)
{
  return wd_profile_keeper_save_finish (result, warning, error);
}
