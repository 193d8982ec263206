/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-profile-environment.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

/* An empty variable is how many shells and service files unset one. */
static char *
dup_variable (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

/**
 * wd_profile_from_environment:
 * @error: %WD_ERROR_INVALID_ARGUMENT where there is no DATABASE_URL
 *
 * Reads DATABASE_URL, REDIS_URL, WORKER_DASHBOARD_CA_FILE and WORKER_DASHBOARD_PREFIX.
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
  profile->ca_file = dup_variable ("WORKER_DASHBOARD_CA_FILE");
  if (prefix != NULL)
    {
      g_free (profile->prefix);
      profile->prefix = g_steal_pointer (&prefix);
    }
  if (profile->database_url == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("There is no connection: set DATABASE_URL and, for queues, REDIS_URL, "
                             "or name a connection profile"));
      return NULL;
    }
  return g_steal_pointer (&profile);
}
