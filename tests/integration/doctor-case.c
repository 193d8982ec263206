/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor-case.h"

#include <string.h>

#include "base/wd-time.h"
#include "postgres/wd-pg-doctor.h"

GPtrArray *
doctor_examine (WdPgConnection *connection, const char *redis_url, gboolean recount)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("test");
  GPtrArray *checks = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_check_free);
  g_autoptr (GError) error = NULL;

  profile->redis_url = g_strdup (redis_url);
  wd_pg_doctor (connection, profile, recount, checks, wd_deadline_in (DOCTOR_WAIT_MS), NULL,
                &error);
  g_assert_no_error (error);
  return checks;
}

const WdCheck *
doctor_find (GPtrArray *checks, const char *name)
{
  const WdCheck *found = NULL;

  for (guint i = 0; i < checks->len; i++)
    {
      const WdCheck *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->name, name) && (found == NULL || check->status > found->status))
        found = check;
    }
  return found;
}

/* (transfer full): the message of a check, which must stand so */
char *
doctor_expect (WdPgConnection *connection, const char *name, WdCheckStatus status, const char *part)
{
  g_autoptr (GPtrArray) checks = doctor_examine (connection, "redis://h", FALSE);
  const WdCheck *check = doctor_find (checks, name);

  g_assert_nonnull (check);
  g_test_message ("%s: %s", name, check->message);
  g_assert_cmpint (check->status, ==, status);
  if (part != NULL && strstr (check->message, part) == NULL)
    g_error ("%s: “%s” is not in “%s”", name, part, check->message);
  return g_strdup (check->message);
}

/* Runs what a message says after @begin, statement by statement. */
void
doctor_follow (PgSiteFixture *fixture, const char *message, const char *begin)
{
  const char *sql = strstr (message, begin);
  g_auto (GStrv) statements = NULL;

  g_assert_nonnull (sql);
  statements = g_strsplit (sql, ";", -1);
  for (guint i = 0; statements[i] != NULL; i++)
    if (strchr (statements[i], ' ') != NULL && strstr (statements[i], "wdctl") == NULL)
      pg_site_run (fixture, statements[i]);
}

WdPgConnection *
doctor_connect_as (PgSiteFixture *fixture, const char *role)
{
  g_autoptr (GString) uri = g_string_new (fixture->uri);
  g_autofree char *user = g_strconcat ("//", role, "@", NULL);

  g_string_replace (uri, "//platform@", user, 1);
  return wd_pg_connection_new (uri->str, NULL, NULL);
}
