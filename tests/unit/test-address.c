/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-address.h"
#include "session/wd-address-hints.h"
#include "session/wd-sandbox.h"

typedef struct {
  const char *name;
  const char *text;
  const char *fields[WD_ADDRESS_N_FIELDS];   /* host, port, database, user, TLS; NULL: unreadable */
  const char *again;                         /* written; NULL: as it was */
  gboolean unusable;                         /* readable, and refused all the same */
} Case;

static const Case postgres[] = {
  { "plain", "postgresql://admin@db.example.com:5433/shop", { "db.example.com", "5433", "shop",
    "admin", "" }, NULL, FALSE },
  { "short-scheme", "postgres://db/x", { "db", "", "x", "", "" }, "postgresql://db/x", FALSE },
  { "nothing", "postgresql://", { "", "", "", "", "" }, "postgresql:///", FALSE },
  { "encoded", "postgresql://a%40b@db/my%2Fdb%20x", { "db", "", "my/db x", "a@b", "" }, NULL,
    FALSE },
  { "ipv6", "postgresql://u@[2001:db8::1]:5432/x", { "2001:db8::1", "5432", "x", "u", "" }, NULL,
    FALSE },
  { "ipv6-no-port", "postgresql://[::1]/x", { "::1", "", "x", "", "" }, NULL, FALSE },
  { "ipv6-open", "postgresql://[::1/x", { NULL }, NULL, FALSE },
  { "socket", "postgresql://u@/x?host=/run/postgresql&port=5434",
    { "/run/postgresql", "5434", "x", "u", "" }, NULL, FALSE },
  { "socket-in-authority", "postgresql://u@%2Frun%2Fpg/x", { "/run/pg", "", "x", "u", "" },
    "postgresql://u@/x?host=/run/pg", FALSE },
  { "several-hosts", "postgresql://u@a:1,b:2/x", { "a,b", "1,2", "x", "u", "" },
    "postgresql://u@/x?host=a,b&port=1,2", FALSE },
  { "tls", "postgresql://db/x?sslmode=verify-full&application_name=a%20b",
    { "db", "", "x", "", "verify-full" }, NULL, FALSE },
  { "ssl-true", "postgresql://db/x?ssl=true", { "db", "", "x", "", "require" },
    "postgresql://db/x?sslmode=require", FALSE },
  { "tls-unknown", "postgresql://db/x?sslmode=no-verify", { "db", "", "x", "", "no-verify" }, NULL,
    TRUE },
  { "parameters-win", "postgresql://u@db/x?user=v&dbname=y", { "db", "", "y", "v", "" },
    "postgresql://v@db/y", FALSE },
  { "prisma", "postgresql://db/x?pgbouncer=true", { "db", "", "x", "", "" }, NULL, TRUE },
  { "port-word", "postgresql://db:five/x", { "db", "five", "x", "", "" }, NULL, TRUE },
  { "port-zero", "postgresql://db:0/x", { "db", "0", "x", "", "" }, NULL, TRUE },
  { "port-large", "postgresql://db:65536/x", { "db", "65536", "x", "", "" }, NULL, TRUE },
  { "raw-at", "postgresql://a@b@db/x", { NULL }, NULL, FALSE },
  { "at-in-path", "postgresql://a/b@db/x", { NULL }, NULL, FALSE },
  { "bad-escape", "postgresql://a%zz@db/x", { NULL }, NULL, FALSE },
  { "no-value", "postgresql://db/x?sslmode", { NULL }, NULL, FALSE },
  { "conninfo", "host=db port=5433 dbname='my db' user=u", { "db", "5433", "my db", "u", "" },
    "postgresql://u@db:5433/my%20db", FALSE },
  { "conninfo-quotes", "host = db dbname='it\\'s' sslmode=require options=-csearch_path=a",
    { "db", "", "it's", "", "require" },
    "postgresql://db/it%27s?sslmode=require&options=-csearch_path%3Da", FALSE },
  { "conninfo-open", "host='db", { NULL }, NULL, FALSE },
  { "conninfo-no-value", "host db=x", { NULL }, NULL, FALSE },
  { "name-alone", "shop", { "", "", "shop", "", "" }, "postgresql:///shop", FALSE },
  { "other-scheme", "mysql://db/x", { NULL }, NULL, FALSE },
  { "half-typed", "postgresql:/", { NULL }, NULL, FALSE },
};

static const Case redis[] = {
  { "plain", "redis://cache:6380/2", { "cache", "6380", "2", "", "" }, NULL, FALSE },
  { "tls", "rediss://u@cache", { "cache", "", "", "u", "on" }, NULL, FALSE },
  { "ipv6", "redis://[::1]:6379/0", { "::1", "6379", "0", "", "" }, NULL, FALSE },
  { "socket", "redis+unix:///run/redis.sock?db=3", { "/run/redis.sock", "", "3", "", "" }, NULL,
    FALSE },
  { "socket-user", "redis+unix://u@/run/r%20s.sock", { "/run/r s.sock", "", "", "u", "" }, NULL,
    FALSE },
  { "socket-short", "unix:///run/r.sock", { "/run/r.sock", "", "", "", "" },
    "redis+unix:///run/r.sock", FALSE },
  { "socket-host", "redis+unix://host/run/r.sock", { NULL }, NULL, FALSE },
  { "database-parameter", "redis://cache?db=4", { "cache", "", "4", "", "" }, "redis://cache/4",
    FALSE },
  { "other-parameters", "redis://cache/1?family=6", { "cache", "", "1", "", "" }, NULL, FALSE },
  { "database-word", "redis://cache/x", { "cache", "", "x", "", "" }, NULL, TRUE },
  { "no-host", "redis://", { "", "", "", "", "" }, NULL, TRUE },
  { "several-hosts", "redis://a,b", { "a,b", "", "", "", "" }, "redis://a%2Cb", TRUE },
  { "http", "https://eu1.upstash.io", { NULL }, NULL, FALSE },
  { "fragment", "redis://cache#x", { NULL }, NULL, FALSE },
  { "raw-at", "redis://a@b@cache", { NULL }, NULL, FALSE },
};

static void
check_case (const Case *test, gboolean is_redis)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdAddress) address = is_redis ? wd_address_parse_redis (test->text, &error)
                                           : wd_address_parse_postgres (test->text, &error);
  g_autoptr (WdAddress) twice = NULL;
  g_autofree char *again = NULL;
  gboolean usable;

  g_assert_cmpint (address != NULL, ==, test->fields[0] != NULL);
  g_assert_cmpint (address == NULL, ==, error != NULL);
  if (address == NULL)
    return;
  for (guint i = 0; i < WD_ADDRESS_N_FIELDS; i++)
    g_assert_cmpstr (wd_address_get (address, i), ==, test->fields[i]);
  again = is_redis ? wd_address_format_redis (address) : wd_address_format_postgres (address);
  g_assert_cmpstr (again, ==, test->again != NULL ? test->again : test->text);
  usable = is_redis ? wd_address_check_redis (address, &error)
                    : wd_address_check_postgres (address, &error);
  g_assert_cmpint (usable, ==, !test->unusable);
  g_assert_cmpint (error == NULL, ==, usable);

  /* What was written is read as the same. */
  twice = is_redis ? wd_address_parse_redis (again, NULL) : wd_address_parse_postgres (again, NULL);
  g_assert_nonnull (twice);
  for (guint i = 0; i < WD_ADDRESS_N_FIELDS; i++)
    if (g_strcmp0 (test->name, "several-hosts") != 0 || !is_redis)
      g_assert_cmpstr (wd_address_get (twice, i), ==, wd_address_get (address, i));
}

static void
test_postgres (gconstpointer data)
{
  check_case (data, FALSE);
}

static void
test_redis (gconstpointer data)
{
  check_case (data, TRUE);
}

static void
test_hints (void)
{
  static const struct {
    const char *url;
    const char *password;
    const char *part;          /* of the hint; NULL: none */
  } cases[] = {
    { "postgresql://u@db.example.com/x", "secret", NULL },
    { "postgresql://u@db.example.com/x",
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.abc", "no database" },
    { "postgresql://u@db.example.com/x", "sb_secret_abc", "no database" },
    { "postgresql://u@abc.supabase.co/x", "", "web API" },
    { "postgresql://postgres@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", "",
      "project in" },
    { "postgresql://postgres.abc@aws-0-eu-central-1.pooler.supabase.com:6543/postgres", "",
      "port 5432" },
    { "postgresql://postgres.abc@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", "", NULL },
    { "postgresql://u@pool.example.com:6432/x", "", "pooler" },
    { "postgresql://postgres@db.abc.supabase.co:5432/postgres", "", "IPv6" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdAddress) address = wd_address_parse_postgres (cases[i].url, NULL);
      g_autofree char *hint = wd_address_dup_hint (address, cases[i].password);

      g_test_message ("%s: %s", cases[i].url, hint);
      g_assert_cmpint (hint != NULL, ==, cases[i].part != NULL);
      if (hint != NULL)
        g_assert_nonnull (g_strstr_len (hint, -1, cases[i].part));
    }
}

static void
test_tls_hints (void)
{
  static const struct {
    const char *url;
    gboolean has_authority;
    const char *part;          /* of the hint; NULL: none */
  } cases[] = {
    { "postgresql:///x", FALSE, NULL },
    { "postgresql://u@/x?host=/run/postgresql", FALSE, NULL },
    { "postgresql://u@localhost:5433/x", FALSE, NULL },
    { "postgresql://u@db.example.com/x", FALSE, "Verify certificate and host" },
    { "postgresql://u@db.example.com/x", TRUE, NULL },
    { "postgresql://u@db.example.com/x?sslmode=require", TRUE, "Verify certificate and host" },
    { "postgresql://u@db.example.com/x?sslmode=verify-full", FALSE, NULL },
    { "postgresql://u@localhost,10.0.0.7/x", FALSE, "Verify certificate and host" },
    { "redis://localhost:6379/0", FALSE, NULL },
    { "redis+unix:///run/redis.sock", FALSE, NULL },
    { "redis://[::1]", FALSE, NULL },
    { "redis://redis.example.com", TRUE, "TLS, verified" },
    { "rediss://redis.example.com", FALSE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_redis = g_str_has_prefix (cases[i].url, "redis");
      g_autoptr (WdAddress) address = is_redis ? wd_address_parse_redis (cases[i].url, NULL)
                                               : wd_address_parse_postgres (cases[i].url, NULL);
      g_autofree char *hint = wd_address_dup_tls_hint (address, is_redis, cases[i].has_authority);

      g_test_message ("%s: %s", cases[i].url, hint);
      g_assert_nonnull (address);
      g_assert_cmpint (hint != NULL, ==, cases[i].part != NULL);
      if (hint != NULL)
        g_assert_nonnull (strstr (hint, cases[i].part));
    }
  g_assert_null (wd_address_dup_tls_hint (NULL, TRUE, FALSE));
}

static void
check_socket (const char *host, gboolean is_folder, const char *command)
{
  g_autoptr (WdAddress) address = wd_address_new ();
  g_autofree char *hint = NULL;

  wd_address_set (address, WD_ADDRESS_HOST, host);
  hint = wd_sandbox_dup_socket_hint (address, is_folder);
  g_test_message ("%s: %s", host, hint);
  if (command == NULL)
    g_assert_null (hint);
  else
    {
      g_assert_nonnull (hint);
      g_assert_true (g_str_has_suffix (hint, command));
    }
}

static void
test_sockets (void)
{
  check_socket ("/nowhere/postgresql", TRUE, NULL);
  g_setenv ("FLATPAK_ID", "org.example.App", TRUE);
  g_assert_cmpstr (wd_sandbox_get_id (), ==, "org.example.App");
  check_socket ("/nowhere/postgresql", TRUE,
                "flatpak override --user --filesystem='/nowhere/postgresql' org.example.App");
  check_socket ("/var/run/nowhere/redis.sock", FALSE,
                "flatpak override --user --filesystem='/run/nowhere' org.example.App");
  check_socket ("/no where/redis.sock", FALSE,
                "flatpak override --user --filesystem='/no where' org.example.App");
  /* What is there was let in. */
  check_socket ("/", TRUE, NULL);
  check_socket ("db.example.com", TRUE, NULL);
  check_socket ("", FALSE, NULL);
  g_unsetenv ("FLATPAK_ID");
}

static void
add (const char *folder, const Case *test, GTestDataFunc func)
{
  g_autofree char *path = g_strconcat (folder, test->name, NULL);

  g_test_add_data_func (path, test, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (postgres); i++)
    add ("/address/postgres/", &postgres[i], test_postgres);
  for (gsize i = 0; i < G_N_ELEMENTS (redis); i++)
    add ("/address/redis/", &redis[i], test_redis);
  g_test_add_func ("/address/hints", test_hints);
  g_test_add_func ("/address/tls-hints", test_tls_hints);
  g_test_add_func ("/address/sockets", test_sockets);
  return g_test_run ();
}
