/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* token create NAME, token list, token revoke NAME: for whoever has the database's address. */

#include "server/wd-token-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-answer.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "base/wd-time.h"
#include "direct/wd-direct-service.h"

#define CLOSE_MS 500

static gboolean
create_token (WdDirectBackend *backend, const char *name, const char *role_word, GError **error)
{
  WdApiRole role;
  guint8 hash[WD_API_HASH_SIZE];
  g_autofree char *secret = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (role_word == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Say what the token allows: --role viewer, operator or admin"));
      return FALSE;
    }
  if (!wd_api_name_validate (name, error) || !wd_api_role_from_word (role_word, &role, error)
      || (secret = wd_api_secret_make (error)) == NULL)
    return FALSE;
  wd_api_secret_hash (secret, strlen (secret), hash);
  text = wd_api_hash_to_text (hash);
  wd_direct_create_token_async (backend, name, role, text, NULL, wd_answer_cb, &result);
  if (!wd_direct_create_token_finish (backend, wd_answer_wait (&result), error))
    return FALSE;
  g_print ("%s\n", secret);
  g_printerr (_("This is shown once and kept nowhere.\n"));
  return TRUE;
}

static gboolean
list_tokens (WdDirectBackend *backend, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) tokens = NULL;

  wd_direct_load_tokens_async (backend, NULL, wd_answer_cb, &result);
  tokens = wd_direct_load_tokens_finish (backend, wd_answer_wait (&result), error);
  for (guint i = 0; tokens != NULL && i < tokens->len; i++)
    {
      const WdApiToken *token = tokens->pdata[i];
      g_autofree char *name = wd_format_visible (token->name, WD_API_NAME_MAX * 4);
      g_autofree char *made = wd_time_to_rfc3339 (token->created_at);
      g_autofree char *revoked = wd_time_to_rfc3339 (token->revoked_at);

      g_print ("%s\t%s\t%s\t%s\n", name, wd_api_role_word (token->role), made,
               revoked != NULL ? revoked : "-");
    }
  return tokens != NULL;
}

static gboolean
revoke_token (WdDirectBackend *backend, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_direct_revoke_token_async (backend, name, NULL, wd_answer_cb, &result);
  return wd_direct_revoke_token_finish (backend, wd_answer_wait (&result), error);
}

static gboolean
run (WdDirectBackend *backend, const WdServerOptions *options, GError **error)
{
  char **words = options->words;
  guint n = g_strv_length (words);

  if (strcmp (words[0], "token") == 0 && n == 3 && strcmp (words[1], "create") == 0)
    return create_token (backend, words[2], options->role, error);
  if (strcmp (words[0], "token") == 0 && n == 2 && strcmp (words[1], "list") == 0)
    return list_tokens (backend, error);
  if (strcmp (words[0], "token") == 0 && n == 3 && strcmp (words[1], "revoke") == 0)
    return revoke_token (backend, words[2], error);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("There is “token create NAME --role ROLE”, “token list” and "
                         "“token revoke NAME”; without words the service is started"));
  return FALSE;
}

/**
 * wd_token_command:
 * @profile: where the database is
 * @options: the command line, with words
 * @error: in #WD_ERROR
 *
 * Turns the main loop until it is done.
 */
gboolean
wd_token_command (WdProfile *profile, const WdServerOptions *options, GError **error)
{
  g_autoptr (WdBackend) backend = wd_direct_backend_new (profile);
  gboolean done = run (WD_DIRECT_BACKEND (backend), options, error);

  wd_direct_backend_close (WD_DIRECT_BACKEND (backend), CLOSE_MS);
  return done;
}
