/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Passwords, in the keyring and nowhere else. Nothing here waits: the secret service may ask a
 * person to unlock it, so its answer can take a minute, and it may never come. */

#include "session/wd-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "base/wd-error.h"

#define ANSWER_SECONDS 120

/* Also written by `secret-tool store`, so the attributes are documented and stay. */
static const SecretSchema schema = {
  "org.workerdashboard.Connection", SECRET_SCHEMA_NONE,
  {
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "store", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

typedef struct {
  GCancellable *inner;          /* (owned): the caller's or the deadline */
  gulong handler;               /* of the caller's cancellable */
  GSource *deadline;            /* (owned) */
} Call;

static const char *
kind_word (WdSecretKind kind)
{
  static const char *const words[] = { "postgres", "redis", "api" };

  return words[kind];
}

static const char *
kind_label (WdSecretKind kind)
{
  if (kind == WD_SECRET_API)
    return _("token");
  return kind == WD_SECRET_REDIS ? "Redis" : "PostgreSQL";
}

static void
call_free (Call *call)
{
  g_source_destroy (call->deadline);
  g_source_unref (call->deadline);
  g_object_unref (call->inner);
  g_free (call);
}

static gboolean
deadline_cb (gpointer data)
{
  g_cancellable_cancel (G_CANCELLABLE (data));
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer data)
{
  g_cancellable_cancel (G_CANCELLABLE (data));
}

static GTask *
begin (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, tag);
  call->inner = g_cancellable_new ();
  call->deadline = g_timeout_source_new_seconds (ANSWER_SECONDS);
  g_source_set_callback (call->deadline, deadline_cb, g_object_ref (call->inner), g_object_unref);
  g_source_attach (call->deadline, g_task_get_context (task));
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  if (cancellable != NULL)
    call->handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                           g_object_ref (call->inner), g_object_unref);
  return task;
}

static GCancellable *
get_inner (GTask *task)
{
  return ((Call *) g_task_get_task_data (task))->inner;
}

/* Ends the watch on the caller's cancellable and translates what the service said. */
static gboolean
end (GTask *task, GError *failure)
{
  GCancellable *outer = g_task_get_cancellable (task);
  Call *call = g_task_get_task_data (task);

  if (outer != NULL)
    g_cancellable_disconnect (outer, call->handler);
  if (failure == NULL)
    return TRUE;
  if (g_cancellable_is_cancelled (outer))
    g_task_return_error (task, failure);
  else
    {
      g_task_return_new_error (task, WD_ERROR, WD_ERROR_NO_KEYRING,
                               _("The keyring cannot be used (%s). Without one, set DATABASE_URL "
                                 "and REDIS_URL instead of naming a profile, and keep the password "
                                 "of PostgreSQL in its passfile, ~/.pgpass."),
                               wd_error_is_cancelled (failure) ? _("it does not answer")
                                                               : failure->message);
      g_error_free (failure);
    }
  return FALSE;
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  if (!end (task, error))
    return;
  g_task_return_pointer (task, g_strdup (password), g_free);
  secret_password_free (password);
}

/**
 * wd_secrets_lookup_async:
 * @profile: its name
 * @kind: of which store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_secrets_lookup_async (const char *profile, WdSecretKind kind, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = begin (cancellable, callback, data, wd_secrets_lookup_async);

  secret_password_lookup (&schema, get_inner (task), lookup_cb, task, "profile", profile, "store",
                          kind_word (kind), NULL);
}

/**
 * wd_secrets_lookup_finish:
 * @result: of the call
 * @error: %WD_ERROR_NO_KEYRING, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the password; %NULL without @error where none is kept
 */
char *
wd_secrets_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  secret_password_store_finish (result, &error);
  if (end (task, error))
    g_task_return_boolean (task, TRUE);
}

/**
 * wd_secrets_store_async:
 * @profile: its name
 * @kind: of which store
 * @password: replaces an earlier one
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_secrets_store_async (const char *profile, WdSecretKind kind, const char *password,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = begin (cancellable, callback, data, wd_secrets_store_async);
  g_autofree char *label =
    g_strdup_printf (_("Worker Dashboard: %s, connection “%s”"),
                     kind_label (kind), profile);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, password, get_inner (task),
                         store_cb, task, "profile", profile, "store", kind_word (kind), NULL);
}

/**
 * wd_secrets_store_finish:
 * @result: of the call
 * @error: %WD_ERROR_NO_KEYRING, or %G_IO_ERROR_CANCELLED
 */
gboolean
wd_secrets_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (end (task, error))
    g_task_return_boolean (task, TRUE);
}

/**
 * wd_secrets_clear_async:
 * @profile: its name
 * @kind: of which store; having none is no error
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_secrets_clear_async (const char *profile, WdSecretKind kind, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = begin (cancellable, callback, data, wd_secrets_clear_async);

  secret_password_clear (&schema, get_inner (task), clear_cb, task, "profile", profile, "store",
                         kind_word (kind), NULL);
}

/**
 * wd_secrets_clear_finish:
 * @result: of the call
 * @error: %WD_ERROR_NO_KEYRING, or %G_IO_ERROR_CANCELLED
 */
gboolean
wd_secrets_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
unlock_api_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WdProfile *profile = g_task_get_task_data (task);
  GError *error = NULL;

  profile->api_token = wd_secrets_lookup_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, wd_profile_ref (profile), (GDestroyNotify) wd_profile_unref);
}

static void
unlock_redis_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WdProfile *profile = g_task_get_task_data (task);
  GError *error = NULL;

  profile->redis_password = wd_secrets_lookup_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, wd_profile_ref (profile), (GDestroyNotify) wd_profile_unref);
}

static void
unlock_postgres_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WdProfile *profile = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  profile->database_password = wd_secrets_lookup_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (profile->redis_url == NULL)
    g_task_return_pointer (task, wd_profile_ref (profile), (GDestroyNotify) wd_profile_unref);
  else
    wd_secrets_lookup_async (profile->name, WD_SECRET_REDIS, cancellable, unlock_redis_cb,
                             g_steal_pointer (&task));
}

/**
 * wd_secrets_unlock_profile_async:
 * @profile: a profile as it was read; where it has none in the keyring, nobody is asked
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_secrets_unlock_profile_async (WdProfile *profile, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, wd_secrets_unlock_profile_async);
  g_task_set_task_data (task, wd_profile_copy (profile), (GDestroyNotify) wd_profile_unref);
  if (!profile->keyring)
    {
      g_task_return_pointer (task, wd_profile_ref (profile), (GDestroyNotify) wd_profile_unref);
      g_object_unref (task);
      return;
    }
  if (profile->api_url != NULL)
    wd_secrets_lookup_async (profile->name, WD_SECRET_API, cancellable, unlock_api_cb, task);
  else
    wd_secrets_lookup_async (profile->name, WD_SECRET_POSTGRES, cancellable, unlock_postgres_cb,
                             task);
}

/**
 * wd_secrets_unlock_profile_finish:
 * @result: of the call
 * @error: %WD_ERROR_NO_KEYRING, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the same profile with the passwords that the keyring has
 */
WdProfile *
wd_secrets_unlock_profile_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
