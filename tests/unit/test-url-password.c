/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-url-password.h"

typedef struct {
  const char *name;
  const char *url;
  const char *rest;             /* without the password */
  const char *password;         /* NULL: none can be taken */
  gboolean still;               /* the rest still holds something that may be one */
} Case;

static const Case cases[] = {
  { "none", "postgresql://admin@db:5432/x", "postgresql://admin@db:5432/x", NULL, FALSE },
  { "no-user", "postgresql://db/x?sslmode=require", "postgresql://db/x?sslmode=require", NULL,
    FALSE },
  { "userinfo", "postgresql://admin:s3cret@db:5432/x", "postgresql://admin@db:5432/x", "s3cret",
    FALSE },
  { "encoded", "postgres://a:p%40s%2Fs%20@db/x", "postgres://a@db/x", "p@s/s ", FALSE },
  { "raw-at", "postgres://a:p@ss@db/x", "postgres://a@db/x", "p@ss", FALSE },
  { "raw-slash", "postgres://a:p/ss@db/x", "postgres://a:p/ss@db/x", NULL, TRUE },
  { "bad-escape", "postgres://a:p%zz@db/x", "postgres://a@db/x", "p%zz", FALSE },
  { "empty", "postgres://a:@db/x", "postgres://a@db/x", NULL, FALSE },
  { "ipv6", "postgres://a:b@[::1]:5432/x", "postgres://a@[::1]:5432/x", "b", FALSE },
  { "ipv6-none", "redis://[::1]:6379/0", "redis://[::1]:6379/0", NULL, FALSE },
  { "parameter", "postgresql:///x?host=/run&password=a%26b&user=u",
    "postgresql:///x?host=/run&user=u", "a&b", FALSE },
  { "only-parameter", "postgresql:///x?password=b", "postgresql:///x", "b", FALSE },
  { "key-passphrase", "postgresql:///x?sslpassword=b", "postgresql:///x?sslpassword=b", NULL,
    TRUE },
  { "redis", "rediss://:s3cret@cache:6380/2", "rediss://cache:6380/2", "s3cret", FALSE },
  { "redis-user", "redis://u:s3cret@cache", "redis://u@cache", "s3cret", FALSE },
  { "redis-unix", "redis+unix:///run/redis.sock?db=1", "redis+unix:///run/redis.sock?db=1", NULL,
    FALSE },
  { "redis-unix-password", "redis+unix://:pw@/run/redis.sock", "redis+unix:///run/redis.sock", "pw",
    FALSE },
  { "conninfo", "host=/run dbname=x user=u", "host=/run dbname=x user=u", NULL, FALSE },
  { "conninfo-password", "host=db password=s3cret dbname=x", "host=db dbname=x", "s3cret", FALSE },
  { "conninfo-quoted", "password = 'it\\'s s3cret' host=db", "host=db", "it's s3cret", FALSE },
  { "conninfo-in-value", "host=db dbname='password=no'", "host=db dbname='password=no'", NULL,
    FALSE },
  { "conninfo-url-in-value", "options='-c a=x://b:c@d' host=db", "options='-c a=x://b:c@d' host=db",
    NULL, FALSE },
  { "conninfo-key-passphrase", "host=db sslpassword=x", "host=db sslpassword=x", NULL, TRUE },
  { "conninfo-passfile", "host=db passfile=/etc/pg", "host=db passfile=/etc/pg", NULL, FALSE },
};

static void
test_take (gconstpointer user_data)
{
  const Case *test = user_data;
  g_autofree char *password = NULL;
  g_autofree char *rest = wd_url_take_password (test->url, &password);
  gboolean empty = g_strcmp0 (test->name, "empty") == 0;

  g_assert_cmpstr (rest, ==, test->rest);
  g_assert_cmpstr (password, ==, test->password);
  g_assert_cmpint (wd_url_holds_password (rest), ==, test->still);
  g_assert_cmpint (wd_url_holds_password (test->url), ==,
                   test->password != NULL || test->still || empty);
}

static void
test_null (void)
{
  g_assert_false (wd_url_holds_password (NULL));
  g_assert_false (wd_url_holds_password (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/url-password/null", test_null);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/url-password/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_take);
    }
  return g_test_run ();
}
