/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in: passwords, ACL users, databases, certificates; and who cannot be reached. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "redis-support.h"

#define SECRET "s3cret-of-the-test"

/* Tries to connect, which has to fail with @code and without naming the password. */
static GError *
refusal (WdRedisConnection *connection, int code)
{
  GError *error = NULL;

  g_assert_false (wd_redis_connection_ensure (connection, wd_deadline_in (SOON_MS), NULL, &error));
  g_assert_error (error, WD_ERROR, code);
  g_assert_null (strstr (error->message, SECRET));
  g_assert_nonnull (strstr (error->message, wd_redis_connection_describe (connection)));
  g_assert_false (wd_redis_connection_is_connected (connection));
  return error;
}

static void
assert_refused (const char *url, int code)
{
  g_autoptr (WdRedisConnection) connection = connection_to (url);
  g_autoptr (GError) error = refusal (connection, code);

  g_test_message ("%s", error->message);
}

static char *
with_credentials (const Server *server, const char *credentials)
{
  return g_strdup_printf ("redis+unix://%s%s", credentials, server->url + strlen ("redis+unix://"));
}

static void
test_password (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) admin = connected_to (server->url);
  g_autofree char *right = with_credentials (server, ":" SECRET "@");
  g_autofree char *wrong = with_credentials (server, ":" SECRET "-not@");
  g_autofree char *by_name = with_credentials (server, "default:" SECRET "@");
  g_autoptr (WdRedisConnection) by_keyring = NULL;
  g_autoptr (redisReply) set = NULL;

  assert_refused (wrong, WD_ERROR_AUTHENTICATION);
  set = call (admin, "CONFIG", "SET", "requirepass", SECRET, NULL);
  assert_refused (wrong, WD_ERROR_AUTHENTICATION);
  assert_refused (server->url, WD_ERROR_AUTHENTICATION);
  wd_redis_connection_free (connected_to (right));
  wd_redis_connection_free (connected_to (by_name));

  by_keyring = wd_redis_connection_new (wd_redis_address_parse (wrong, NULL), SECRET, NULL, NULL);
  ensure (by_keyring);
}

static void
test_acl (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) admin = connected_to (server->url);
  g_autofree char *url = with_credentials (server, "reader:" SECRET "@");
  g_autofree char *unknown = with_credentials (server, "nobody:" SECRET "@");
  g_autoptr (redisReply) made = call (admin, "ACL", "SETUSER", "reader", "on", ">" SECRET,
                                      "~wd:*", "+get", NULL);
  g_autoptr (WdRedisConnection) reader = connected_to (url);
  g_autoptr (redisReply) nothing = call (reader, "GET", "wd:1", NULL);
  g_autoptr (WdRedisCommand) write = wd_redis_command_new ("SET", "wd:1", "1", NULL);
  g_autoptr (WdRedisCommand) outside = wd_redis_command_new ("GET", "other", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (nothing->type, ==, REDIS_REPLY_NIL);
  wd_redis_command_set_write (write, TRUE);
  g_assert_null (wd_redis_connection_call (reader, write, wd_deadline_in (SOON_MS), NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_null (wd_redis_connection_call (reader, outside, wd_deadline_in (SOON_MS), NULL,
                                           &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_PERMISSION);
  g_assert_true (wd_redis_connection_is_connected (reader));
  assert_refused (unknown, WD_ERROR_AUTHENTICATION);
}

static void
test_database (void)
{
  g_autoptr (Server) server = server_start ();
  g_autofree char *third = g_strconcat (server->url, "?db=3", NULL);
  g_autofree char *absent = g_strconcat (server->url, "?db=99", NULL);
  g_autoptr (WdRedisConnection) there = connected_to (third);
  g_autoptr (WdRedisConnection) here = connected_to (server->url);
  g_autoptr (redisReply) set = call (there, "SET", "wd:db", "3", NULL);
  g_autoptr (redisReply) inside = call (there, "GET", "wd:db", NULL);
  g_autoptr (redisReply) outside = call (here, "GET", "wd:db", NULL);

  assert_text (inside, "3");
  g_assert_cmpint (outside->type, ==, REDIS_REPLY_NIL);
  assert_refused (absent, WD_ERROR_FAILED);
}

static void
test_full (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) admin = connected_to (server->url);
  g_autoptr (redisReply) set = call (admin, "CONFIG", "SET", "maxclients", "1", NULL);
  g_autoptr (WdRedisConnection) second = connection_to (server->url);
  g_autoptr (GError) error = refusal (second, WD_ERROR_NO_CONNECTION);

  g_assert_nonnull (strstr (error->message, "max number of clients"));
}

static void
test_certificates (void)
{
  const char *url = g_getenv ("WD_TEST_REDIS_TLS_URL");
  g_autoptr (WdRedisConnection) right = connected_to (url);
  g_autoptr (WdRedisConnection) by_system =
    wd_redis_connection_new (wd_redis_address_parse (url, NULL), NULL, NULL, NULL);
  g_autoptr (WdRedisConnection) no_file =
    wd_redis_connection_new (wd_redis_address_parse (url, NULL), NULL, "/nonexistent/ca.pem", NULL);
  g_autoptr (GError) unknown = refusal (by_system, WD_ERROR_NO_CONNECTION);
  g_autoptr (GError) missing = refusal (no_file, WD_ERROR_INVALID_ARGUMENT);

  g_assert_nonnull (strstr (unknown->message, "authority"));
  g_assert_nonnull (strstr (missing->message, "/nonexistent/ca.pem"));
}

/* An authority of the same name that is another. */
static void
test_other_authority (void)
{
  g_autofree char *key = g_build_filename (g_getenv ("WD_TEST_FOLDER"), "other.key", NULL);
  g_autofree char *file = g_build_filename (g_getenv ("WD_TEST_FOLDER"), "other.crt", NULL);
  const char *argv[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                         "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                         "/CN=Worker Dashboard test authority", "-keyout", key, "-out", file,
                         NULL };
  g_autoptr (GSubprocess) openssl =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autoptr (WdRedisConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check (openssl, NULL, NULL));
  connection = wd_redis_connection_new (
    wd_redis_address_parse (g_getenv ("WD_TEST_REDIS_TLS_URL"), NULL), NULL, file, NULL);
  error = refusal (connection, WD_ERROR_NO_CONNECTION);
  g_assert_nonnull (strstr (error->message, "authority"));
}

static void
test_hosts (void)
{
  static const struct { const char *host; gboolean right; } hosts[] = {
    { "localhost", TRUE }, { "127.0.0.1", TRUE }, { "elsewhere.localhost", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      WdRedisAddress *address = wd_redis_address_parse (g_getenv ("WD_TEST_REDIS_TLS_URL"), NULL);
      g_autoptr (WdRedisConnection) connection = NULL;
      g_autoptr (GError) error = NULL;

      g_free (address->host);
      address->host = g_strdup (hosts[i].host);
      connection = wd_redis_connection_new (address, NULL, g_getenv ("WD_TEST_CA"), NULL);
      if (hosts[i].right)
        {
          ensure (connection);
          continue;
        }
      error = refusal (connection, WD_ERROR_NO_CONNECTION);
      g_assert_nonnull (strstr (error->message, "another host"));
    }
}

static void
test_unreachable (void)
{
  g_autoptr (WdRedisAddress) plain = wd_redis_address_parse (g_getenv ("WD_TEST_REDIS_TCP_URL"),
                                                             NULL);
  g_autoptr (WdRedisAddress) tls = wd_redis_address_parse (g_getenv ("WD_TEST_REDIS_TLS_URL"),
                                                           NULL);
  g_autofree char *tls_to_plain = g_strdup_printf ("rediss://localhost:%u", plain->port);
  g_autofree char *plain_to_tls = g_strdup_printf ("redis://localhost:%u", tls->port);
  g_autoptr (WdRedisConnection) unanswered = connection_to (tls_to_plain);
  g_autoptr (GError) error = NULL;

  assert_refused ("redis+unix:///nonexistent/redis.sock", WD_ERROR_NO_CONNECTION);
  assert_refused ("redis://:" SECRET "@127.0.0.1:1", WD_ERROR_NO_CONNECTION);
  assert_refused ("redis://nothing.invalid", WD_ERROR_NO_CONNECTION);
  assert_refused (plain_to_tls, WD_ERROR_NO_CONNECTION);
  /* Such a server waits for the end of what it takes for a line. */
  g_assert_false (wd_redis_connection_ensure (unanswered, wd_deadline_in (300), NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redis/access/password", test_password);
  g_test_add_func ("/redis/access/acl", test_acl);
  g_test_add_func ("/redis/access/database", test_database);
  g_test_add_func ("/redis/access/full", test_full);
  g_test_add_func ("/redis/access/certificates", test_certificates);
  g_test_add_func ("/redis/access/other-authority", test_other_authority);
  g_test_add_func ("/redis/access/hosts", test_hosts);
  g_test_add_func ("/redis/access/unreachable", test_unreachable);
  return g_test_run ();
}
