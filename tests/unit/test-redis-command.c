/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "redis/wd-redis-command.h"
#include "redis/wd-redis-reply.h"

typedef struct {
  const char *said;
  WdError code;
  const char *message; /* NULL: as it was said */
} Case;

static const Case cases[] = {
  { "NOPERM this user has no permissions to run the 'get' command", WD_ERROR_PERMISSION },
  { "NOAUTH Authentication required.", WD_ERROR_AUTHENTICATION },
  { "WRONGPASS invalid username-password pair or user is disabled.", WD_ERROR_AUTHENTICATION },
  { "ERR invalid password", WD_ERROR_AUTHENTICATION },
  { "ERR AUTH <password> called without any password configured for the default user.",
    WD_ERROR_AUTHENTICATION },
  { "READONLY You can't write against a read only replica.", WD_ERROR_NO_CONNECTION },
  { "LOADING Redis is loading the dataset in memory", WD_ERROR_NO_CONNECTION },
  { "MASTERDOWN Link with MASTER is down", WD_ERROR_NO_CONNECTION },
  { "CLUSTERDOWN The cluster is down", WD_ERROR_NO_CONNECTION },
  { "ERR max number of clients reached", WD_ERROR_NO_CONNECTION },
  { "MOVED 3999 10.0.0.1:6381", WD_ERROR_NOT_SUPPORTED },
  { "WRONGTYPE Operation against a key holding the wrong kind of value", WD_ERROR_LAYOUT },
  { "OOM command not allowed when used memory > 'maxmemory'.", WD_ERROR_REFUSED },
  { "MISCONF Redis is configured to save RDB snapshots", WD_ERROR_REFUSED },
  { "BUSY Redis is busy running a script.", WD_ERROR_BUSY },
  { "BUSYGROUP Consumer Group name already exists", WD_ERROR_FAILED },
  { "NOPERMISSION is another word", WD_ERROR_FAILED },
  { "ERR syntax error", WD_ERROR_FAILED },
  { "", WD_ERROR_FAILED },
  { "ERR unknown command 'AUTH', with args beginning with: 'secret' ", WD_ERROR_NOT_SUPPORTED,
    "ERR unknown command 'AUTH'" },
  { "ERR a\nb\033[31m", WD_ERROR_FAILED, "ERR a␊b␛[31m" },
  { "WRONGTYPE Operation against a key script: 0f, on @user_script:1.", WD_ERROR_LAYOUT },
  { "ERR Error running script (call to f_0f): @user_script:1: @user_script: 1: -WRONGTYPE "
    "Operation", WD_ERROR_LAYOUT },
  { "ERR Error running script (call to f_0f): @user_script:1: @user_script: 12: OOM command",
    WD_ERROR_REFUSED },
  { "ERR Error running script (call to f_0f): @user_script:3: user_script:3: attempt to index",
    WD_ERROR_FAILED },
};

static void
test_error (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *said = g_strdup (c->said);
  redisReply reply = { .type = REDIS_REPLY_ERROR, .str = said, .len = strlen (said) };
  g_autoptr (GError) error = NULL;

  g_assert_false (wd_redis_reply_to_error (&reply, &error));
  g_assert_error (error, WD_ERROR, (int) c->code);
  g_assert_cmpstr (error->message, ==, c->message ? c->message : c->said);
}

static void
test_expect (void)
{
  char text[] = "NOPERM no";
  redisReply number = { .type = REDIS_REPLY_INTEGER, .integer = 1 };
  redisReply failure = { .type = REDIS_REPLY_ERROR, .str = text, .len = sizeof text - 1 };
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) refused = NULL;

  g_assert_true (wd_redis_reply_to_error (&number, NULL));
  g_assert_true (wd_redis_reply_expect (&number, REDIS_REPLY_INTEGER, NULL));
  g_assert_false (wd_redis_reply_expect (&number, REDIS_REPLY_ARRAY, &wrong));
  g_assert_error (wrong, WD_ERROR, WD_ERROR_PROTOCOL);
  g_assert_false (wd_redis_reply_expect (&failure, REDIS_REPLY_ARRAY, &refused));
  g_assert_error (refused, WD_ERROR, WD_ERROR_PERMISSION);
}

static void
assert_format (WdRedisCommand *command, gboolean with_source, const char *expected, gsize length)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_assert_true (wd_redis_command_format (command, with_source, out));
  g_assert_cmpmem (out->data, out->len, expected, length);
}

#define ASSERT_FORMAT(command, with_source, literal) \
  assert_format (command, with_source, literal, sizeof literal - 1)

static void
test_format (void)
{
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("SET", "k", NULL);

  wd_redis_command_add_bytes (command, "a\0\r\n", 4);
  wd_redis_command_add_bytes (command, NULL, 0);
  wd_redis_command_add_int (command, G_MININT64);
  ASSERT_FORMAT (command, FALSE,
                 "*5\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\na\0\r\n\r\n$0\r\n\r\n"
                 "$20\r\n-9223372036854775808\r\n");
  g_assert_false (wd_redis_command_is_write (command));
  wd_redis_command_set_write (command, TRUE);
  g_assert_true (wd_redis_command_is_write (command));
}

/* A command that lost an argument would be another command. */
static void
test_too_large (void)
{
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("SET", "k", NULL);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  wd_redis_command_add_bytes (command, "never read", (gsize) 600 << 20);
  wd_redis_command_add_text (command, "NX");
  g_assert_false (wd_redis_command_format (command, FALSE, out));
  g_assert_cmpuint (out->len, ==, 0);
}

static void
test_format_script (void)
{
  const char *keys[] = { "k1", "k2" };
  g_autoptr (WdRedisScript) script = wd_redis_script_new ("return 1");
  g_autoptr (WdRedisCommand) command = wd_redis_command_new_script (script, keys, 2);

  wd_redis_command_add_text (command, "v");
  ASSERT_FORMAT (command, FALSE,
                 "*6\r\n$7\r\nEVALSHA\r\n$40\r\ne0e1f9fabfc9d4800c877a703b823ac0578ff8db\r\n"
                 "$1\r\n2\r\n$2\r\nk1\r\n$2\r\nk2\r\n$1\r\nv\r\n");
  ASSERT_FORMAT (command, TRUE,
                 "*6\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n"
                 "$1\r\n2\r\n$2\r\nk1\r\n$2\r\nk2\r\n$1\r\nv\r\n");
}

/* Every file once, where it is first asked for. */
static void
test_include (void)
{
  static const char *const parts[] = { "local function one", "local function two",
                                       "return two ()" };
  g_autoptr (GError) error = NULL;
  g_autoptr (WdRedisScript) script =
    wd_redis_script_new_from_resource ("/org/workerdashboard/test/main.lua", &error);
  const char *rest;

  g_assert_no_error (error);
  rest = wd_redis_script_get_source (script);
  g_assert_null (strstr (rest, "--@include"));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *place = strstr (rest, parts[i]);

      g_assert_nonnull (place);
      rest = place + 1;
      g_assert_null (strstr (rest, parts[i]));
    }
}

static void
test_include_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wd_redis_script_new_from_resource ("/org/workerdashboard/test/broken.lua",
                                                    &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/redis/error/%02zu", i);

      g_test_add_data_func (path, &cases[i], test_error);
    }
  g_test_add_func ("/redis/expect", test_expect);
  g_test_add_func ("/redis/format", test_format);
  g_test_add_func ("/redis/too-large", test_too_large);
  g_test_add_func ("/redis/format-script", test_format_script);
  g_test_add_func ("/redis/include", test_include);
  g_test_add_func ("/redis/include-missing", test_include_missing);
  return g_test_run ();
}
