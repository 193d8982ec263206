/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-profile-environment.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "session/wd-profile-file.h"

/* An empty variable is how many shells and service files unset one. */
static char *
dup_variable (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

/* A token comes from the environment or, better, from a file that only its owner reads. */
static gboolean
read_token (WdProfile *profile, GError **error)
{
  g_autofree char *path = dup_variable ("WORKER_DASHBOARD_API_TOKEN_FILE");
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  profile->api_token = dup_variable ("WORKER_DASHBOARD_API_TOKEN");
  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, &local))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("The token cannot be read: %s"),
                   local->message);
      return FALSE;
    }
  g_free (profile->api_token);
  profile->api_token = g_strdup (g_strstrip (text));
  return TRUE;
}

/**
 * wd_profile_from_environment:
 * @error: %WD_ERROR_INVALID_ARGUMENT where there is neither DATABASE_URL nor
 *   WORKER_DASHBOARD_API_URL, or both
 *
 * Reads DATABASE_URL, REDIS_URL, WORKER_DASHBOARD_CA_FILE and WORKER_DASHBOARD_PREFIX, or
 * WORKER_DASHBOARD_API_URL and its token in WORKER_DASHBOARD_API_TOKEN or in the file that
 * WORKER_DASHBOARD_API_TOKEN_FILE names.
 *
 * Returns: (transfer full): a profile that need not be saved
 */
WdProfile *
wd_profile_from_environment (GError **error)
{
  g_autoptr (WdProfile) profile = wd_profile_create (_("Environment"));
  g_autofree char *prefix = dup_variable ("WORKER_DASHBOARD_PREFIX");

  profile->passing = TRUE;
  profile->database_url = dup_variable ("DATABASE_URL");
  profile->redis_url = dup_variable ("REDIS_URL");
  profile->api_url = dup_variable ("WORKER_DASHBOARD_API_URL");
  profile->ca_file = dup_variable ("WORKER_DASHBOARD_CA_FILE");
  if (prefix != NULL)
    {
      g_free (profile->prefix);
      profile->prefix = g_steal_pointer (&prefix);
    }
  if (profile->api_url != NULL)
    return read_token (profile, error) && wd_profile_validate (profile, error)
             ? g_steal_pointer (&profile) : NULL;
  if (profile->database_url == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("There is no connection: set DATABASE_URL and, for queues, REDIS_URL, "
                             "or WORKER_DASHBOARD_API_URL for a remote dashboard, or name a "
                             "connection profile"));
      return NULL;
    }
  return g_steal_pointer (&profile);
}
