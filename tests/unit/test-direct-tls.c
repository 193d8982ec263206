/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which ways to the servers are said to be open to others. */

#include <string.h>

#include "direct/wd-direct-tls.h"
#include "postgres/wd-pg-target.h"

typedef struct {
  const char *url;
  const char *ca_file;       /* (nullable) */
  int status;                /* of a #WdCheckStatus; -1: there is nothing to say */
  const char *part;          /* (nullable): of the message */
} Case;

static const Case postgres[] = {
  { "postgresql:///x", NULL, WD_CHECK_OK, "on this machine" },
  { "x", NULL, WD_CHECK_OK, "on this machine" },
  { "postgresql://u@/x?host=/run/postgresql", NULL, WD_CHECK_OK, NULL },
  { "postgresql://u@localhost/x", NULL, WD_CHECK_OK, NULL },
  { "postgresql://u@127.0.0.7,[::1]:5433/x?sslmode=disable", NULL, WD_CHECK_OK, NULL },
  { "host=db.example.com hostaddr=127.0.0.1", NULL, WD_CHECK_OK, NULL },
  { "postgresql://u@db.example.com/x?sslmode=verify-full", NULL, WD_CHECK_OK, "verified" },
  { "postgresql://u@db.example.com/x", "/own.pem", WD_CHECK_OK, "verified" },
  { "postgresql://u:hidden@db.example.com/x", NULL, WD_CHECK_WARNING,
    "db.example.com is not secured (sslmode=prefer)" },
  { "postgresql://u@db.example.com/x?sslmode=require", "/own.pem", WD_CHECK_WARNING, "=require" },
  { "postgresql://u@db.example.com/x?sslmode=verify-ca", NULL, WD_CHECK_WARNING, "=verify-ca" },
  { "host=db.example.com sslmode=disable", NULL, WD_CHECK_WARNING, "=disable" },
  { "postgresql://u@localhost,10.0.0.7/x", NULL, WD_CHECK_WARNING, "10.0.0.7" },
  { "host=localhost hostaddr=192.0.2.1", NULL, WD_CHECK_WARNING, "192.0.2.1" },
  { "host=db.example.com,localhost hostaddr=,127.0.0.1", NULL, WD_CHECK_WARNING, "db.example.com" },
  { "host=localhost,db.example.com hostaddr=127.0.0.1,", NULL, WD_CHECK_WARNING, "db.example.com" },
  { "host=localhost,db.example.com hostaddr=,127.0.0.1", NULL, WD_CHECK_OK, NULL },
  { "hostaddr=127.0.0.1,", NULL, WD_CHECK_OK, NULL },
  { "host=db.example.com hostaddr=''", NULL, WD_CHECK_WARNING, "db.example.com" },
  { "postgresql://u@db.example.com/x?sslrootcert=system&sslmode=require", NULL, WD_CHECK_WARNING,
    "=require" },
  { "service=main", NULL, WD_CHECK_UNKNOWN, "service file" },
  { "postgresql://u:a/b@db.example.com/x", NULL, -1, NULL },
};

static const Case redis[] = {
  { NULL, NULL, -1, NULL },
  { "redis+unix:///run/redis.sock", NULL, WD_CHECK_OK, "on this machine" },
  { "redis://localhost", NULL, WD_CHECK_OK, NULL },
  { "redis://[::1]:6380/0", NULL, WD_CHECK_OK, NULL },
  { "rediss://redis.example.com", NULL, WD_CHECK_OK, "verified" },
  { "redis://u:hidden@redis.example.com", NULL, WD_CHECK_WARNING, "Redis on redis.example.com" },
  { "redis://10.0.0.7", "/own.pem", WD_CHECK_WARNING, "rediss://" },
  { "redis://[2001:db8::1]", NULL, WD_CHECK_WARNING, "2001:db8::1" },
  { "http://redis.example.com", NULL, -1, NULL },
};

static void
judge (const Case *test, WdCheck *check)
{
  g_test_message ("%s: %s", test->url, check != NULL ? check->message : "nothing");
  g_assert_cmpint (check != NULL ? (int) check->status : -1, ==, test->status);
  if (test->part != NULL)
    g_assert_nonnull (strstr (check->message, test->part));
  if (check != NULL)
    g_assert_null (strstr (check->message, "hidden"));
  g_clear_pointer (&check, wd_check_free);
}

static void
test_postgres (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (postgres); i++)
    {
      g_autoptr (WdProfile) profile = wd_profile_create ("test");

      profile->database_url = g_strdup (postgres[i].url);
      profile->ca_file = g_strdup (postgres[i].ca_file);
      judge (&postgres[i], wd_direct_check_tls_to_postgres (profile));
    }
}

/* What libpq does by itself depends on which it is. */
static void
test_system_authorities (void)
{
  static const struct {
    const char *url;
    const char *environment;   /* (nullable) */
    int libpq;
    const char *mode;
  } cases[] = {
    { "postgresql://u@db.example.com/x?sslrootcert=system", NULL, 150018, "prefer" },
    { "postgresql://u@db.example.com/x?sslrootcert=system", NULL, 160000, "verify-full" },
    { "host=db.example.com sslrootcert=system", NULL, 170002, "verify-full" },
    { "host=db.example.com sslrootcert=system sslmode=require", NULL, 170002, "require" },
    { "host=db.example.com sslrootcert=system", "require", 170002, "require" },
    { "host=db.example.com sslrootcert=/own.pem", NULL, 170002, "prefer" },
    { "host=db.example.com", NULL, 170002, "prefer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdPgTarget) target = NULL;

      if (cases[i].environment != NULL)
        g_setenv ("PGSSLMODE", cases[i].environment, TRUE);
      target = wd_pg_target_new (cases[i].url, NULL, NULL);
      g_unsetenv ("PGSSLMODE");
      g_test_message ("case %u", i);
      g_assert_cmpstr (wd_pg_target_get_sslmode_of (target, cases[i].libpq), ==, cases[i].mode);
    }
}

static void
test_redis (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (redis); i++)
    {
      g_autoptr (WdProfile) profile = wd_profile_create ("test");

      profile->redis_url = g_strdup (redis[i].url);
      profile->ca_file = g_strdup (redis[i].ca_file);
      judge (&redis[i], wd_direct_check_tls_to_redis (profile));
    }
}

int
main (int argc, char **argv)
{
  static const char *const variables[] = {
    "PGHOST", "PGHOSTADDR", "PGSSLMODE", "PGREQUIRESSL", "PGSERVICE", "PGSERVICEFILE",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  g_test_add_func ("/direct/tls/postgres", test_postgres);
  g_test_add_func ("/direct/tls/redis", test_redis);
  g_test_add_func ("/direct/tls/system", test_system_authorities);
  return g_test_run ();
}
