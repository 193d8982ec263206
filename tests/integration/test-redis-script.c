/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Scripts, and what becomes of writes when the server dies, is full or has become a replica. */

#include <signal.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "redis-support.h"

#define CALLS 50

static WdRedisCommand *
add_command (WdRedisScript *script, int amount)
{
  const char *keys[] = { "wd:sum" };
  WdRedisCommand *command = wd_redis_command_new_script (script, keys, 1);

  wd_redis_command_add_int (command, amount);
  wd_redis_command_set_write (command, TRUE);
  return command;
}

static WdRedisScript *
add_script (void)
{
  return wd_redis_script_new ("return redis.call ('INCRBY', KEYS[1], ARGV[1])");
}

static void
flush_scripts (WdRedisConnection *connection)
{
  g_autoptr (redisReply) ok = call (connection, "SCRIPT", "FLUSH", NULL);

  assert_text (ok, "OK");
}

static void
test_script (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) connection = connected_to (server->url);
  g_autoptr (WdRedisScript) script = add_script ();
  g_autoptr (WdRedisCommand) command = add_command (script, 2);
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= 4; i++)
    {
      g_autoptr (redisReply) sum =
        wd_redis_connection_call (connection, command, wd_deadline_in (SOON_MS), NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (sum->integer, ==, 2 * i);
      if (i == 2)
        flush_scripts (connection);
    }
}

/* Two scripts the server does not hold and one it does, plain commands among them: each once, and
 * every answer in its place. */
static void
test_script_pipeline (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) connection = connected_to (server->url);
  g_autoptr (WdRedisScript) script = add_script ();
  g_autoptr (WdRedisScript) echo = wd_redis_script_new ("return 'echo ' .. ARGV[1]");
  g_autoptr (WdRedisScript) held = wd_redis_script_new ("return 'held ' .. ARGV[1]");
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (WdRedisCommand) load
    = wd_redis_command_new ("SCRIPT", "LOAD", wd_redis_script_get_source (held), NULL);
  g_autoptr (GPtrArray) replies = NULL;
  g_autoptr (redisReply) sum = NULL;
  g_autoptr (redisReply) loaded = NULL;
  g_autoptr (GError) error = NULL;

  loaded = wd_redis_connection_call (connection, load, wd_deadline_in (SOON_MS), NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < CALLS; i++)
    {
      WdRedisCommand *command = i % 4 == 0   ? add_command (script, 1)
                                : i % 4 == 1 ? wd_redis_command_new_script (echo, NULL, 0)
                                : i % 4 == 2 ? wd_redis_command_new_script (held, NULL, 0)
                                             : wd_redis_command_new ("ECHO", NULL);

      if (i % 4 != 0)
        wd_redis_command_add_int (command, i);
      g_ptr_array_add (commands, command);
    }
  replies = wd_redis_connection_pipeline (connection, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, wd_deadline_in (SOON_MS), NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < CALLS; i++)
    {
      const char *const words[] = { NULL, "echo ", "held ", "" };
      g_autofree char *expected = i % 4 ? g_strdup_printf ("%s%d", words[i % 4], i) : NULL;

      if (i % 4 == 0)
        g_assert_cmpint (((redisReply *) replies->pdata[i])->integer, ==, i / 4 + 1);
      else
        assert_text (replies->pdata[i], expected);
    }
  sum = call (connection, "GET", "wd:sum", NULL);
  assert_text (sum, "13");
}

static void
assert_call_fails (WdRedisConnection *connection, WdRedisCommand *command, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wd_redis_connection_call (connection, command, wd_deadline_in (SOON_MS), NULL,
                                           &error));
  g_assert_error (error, WD_ERROR, code);
  g_assert_nonnull (strstr (error->message, wd_redis_connection_describe (connection)));
}

static void
test_script_errors (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) connection = connected_to (server->url);
  g_autoptr (WdRedisScript) script = add_script ();
  g_autoptr (WdRedisScript) broken = wd_redis_script_new ("return (");
  g_autoptr (WdRedisCommand) add = add_command (script, 1);
  g_autoptr (WdRedisCommand) syntax = wd_redis_command_new_script (broken, NULL, 0);
  g_autoptr (redisReply) list = call (connection, "LPUSH", "wd:sum", "x", NULL);
  g_autoptr (redisReply) limit = NULL;
  g_autoptr (redisReply) removed = NULL;

  assert_call_fails (connection, add, WD_ERROR_LAYOUT);
  assert_call_fails (connection, syntax, WD_ERROR_FAILED);
  removed = call (connection, "DEL", "wd:sum", NULL);
  limit = call (connection, "CONFIG", "SET", "maxmemory", "1", NULL);
  assert_call_fails (connection, add, WD_ERROR_REFUSED);
  g_assert_true (wd_redis_connection_is_connected (connection));
}

/* A primary that has become a replica is left, so that its name may lead to the new primary. */
static void
test_replica (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) connection = connected_to (server->url);
  g_autoptr (WdRedisCommand) write = wd_redis_command_new ("SET", "wd:1", "1", NULL);
  g_autoptr (redisReply) ok = call (connection, "REPLICAOF", "127.0.0.1", "1", NULL);

  wd_redis_command_set_write (write, TRUE);
  assert_call_fails (connection, write, WD_ERROR_NO_CONNECTION);
  g_assert_false (wd_redis_connection_is_connected (connection));
  assert_call_fails (connection, write, WD_ERROR_NO_CONNECTION);
}

/* Kills the server as soon as it is busy with the script of the test. */
static gpointer
kill_thread (gpointer data)
{
  Server *server = data;
  g_autoptr (WdRedisConnection) connection = connected_to (server->url);
  g_autoptr (WdRedisCommand) ping = wd_redis_command_new ("PING", NULL);
  gint64 deadline = wd_deadline_in (SOON_MS);
  gboolean busy = FALSE;

  while (!busy && wd_deadline_left_ms (deadline) > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (redisReply) pong =
        wd_redis_connection_call (connection, ping, deadline, NULL, &error);

      busy = g_error_matches (error, WD_ERROR, WD_ERROR_BUSY);
    }
  kill (server->pid, SIGKILL);
  return NULL;
}

static void
check_killed (gboolean write, int code)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) connection = connected_to (server->url);
  g_autoptr (redisReply) ok = call (connection, "CONFIG", "SET", "lua-time-limit", "5", NULL);
  g_autoptr (WdRedisScript) script =
    wd_redis_script_new ("redis.call ('SET', 'wd:1', 1) while true do end");
  g_autoptr (WdRedisCommand) command = wd_redis_command_new_script (script, NULL, 0);
  GThread *thread = g_thread_new ("killer", kill_thread, server);

  wd_redis_command_set_write (command, write);
  assert_call_fails (connection, command, code);
  g_thread_join (thread);
  g_assert_false (wd_redis_connection_is_connected (connection));
}

static void
test_killed (void)
{
  check_killed (TRUE, WD_ERROR_UNKNOWN_OUTCOME);
  check_killed (FALSE, WD_ERROR_NO_CONNECTION);
}

/* A server stopped before it reads more than its socket holds: the write at the end of the pipeline
 * has not left, so it is known not to be done. */
static void
test_stopped_before_write (void)
{
  g_autoptr (Server) server = server_start ();
  g_autoptr (WdRedisConnection) connection = connected_to (server->url);
  g_autofree char *padding = g_strnfill (16 << 20, 'p');
  g_autoptr (WdRedisCommand) large = wd_redis_command_new ("ECHO", padding, NULL);
  g_autoptr (WdRedisCommand) write = wd_redis_command_new ("SET", "wd:1", "1", NULL);
  WdRedisCommand *commands[] = { large, write };
  g_autoptr (GError) error = NULL;

  wd_redis_command_set_write (write, TRUE);
  kill (server->pid, SIGSTOP);
  g_assert_null (wd_redis_connection_pipeline (connection, commands, 2, wd_deadline_in (200), NULL,
                                               &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  kill (server->pid, SIGCONT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redis/script/call", test_script);
  g_test_add_func ("/redis/script/pipeline", test_script_pipeline);
  g_test_add_func ("/redis/script/errors", test_script_errors);
  g_test_add_func ("/redis/write/replica", test_replica);
  g_test_add_func ("/redis/write/killed", test_killed);
  g_test_add_func ("/redis/write/stopped-before", test_stopped_before_write);
  return g_test_run ();
}
