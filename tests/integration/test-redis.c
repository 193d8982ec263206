/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What has to work the same over a unix socket, TCP and TLS. */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "redis-support.h"

#define ECHOES 10000
#define LARGE (20 << 20)

static WdRedisCommand *
echo_command (guint number, const char *padding)
{
  g_autofree char *text = g_strdup_printf ("%u %s", number, padding);

  return wd_redis_command_new ("ECHO", text, NULL);
}

static void
test_round_trip (gconstpointer url)
{
  g_autoptr (WdRedisConnection) connection = connection_to (url);
  g_autoptr (WdRedisCommand) set = wd_redis_command_new ("SET", "wd:bytes", NULL);
  g_autoptr (redisReply) ok = NULL;
  g_autoptr (redisReply) got = NULL;
  g_autoptr (redisReply) name = NULL;

  g_assert_false (wd_redis_connection_is_connected (connection));
  g_assert_cmpuint (wd_redis_connection_get_serial (connection), ==, 0);
  ensure (connection);
  ensure (connection);
  g_assert_true (wd_redis_connection_is_connected (connection));
  g_assert_cmpuint (wd_redis_connection_get_serial (connection), ==, 1);

  wd_redis_command_add_bytes (set, "\0\r\n\xff", 4);
  wd_redis_command_set_write (set, TRUE);
  ok = wd_redis_connection_call (connection, set, wd_deadline_in (SOON_MS), NULL, NULL);
  assert_text (ok, "OK");
  got = call (connection, "GET", "wd:bytes", NULL);
  g_assert_cmpmem (got->str, got->len, "\0\r\n\xff", 4);
  name = call (connection, "CLIENT", "GETNAME", NULL);
  assert_text (name, "wd-test");
}

/* 20 MB each way: more than any buffer between the two holds. */
static void
test_pipeline (gconstpointer url)
{
  g_autoptr (WdRedisConnection) connection = connected_to (url);
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (redisReply) ok = call (connection, "SET", "wd:bytes", "1", NULL);
  g_autofree char *padding = g_strnfill (2000, 'p');
  g_autoptr (GPtrArray) replies = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ECHOES; i++)
    g_ptr_array_add (commands, i % 100 == 99 ? wd_redis_command_new ("LPUSH", "wd:bytes", "x", NULL)
                                             : echo_command (i, padding));
  replies = wd_redis_connection_pipeline (connection, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, wd_deadline_in (SOON_MS * 3), NULL,
                                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (replies->len, ==, ECHOES);
  for (guint i = 0; i < ECHOES; i++)
    {
      const redisReply *reply = g_ptr_array_index (replies, i);

      if (i % 100 == 99)
        g_assert_cmpint (reply->type, ==, REDIS_REPLY_ERROR);
      else
        g_assert_cmpint (atoi (reply->str), ==, i);
    }
  g_assert_true (wd_redis_connection_is_connected (connection));
}

static void
test_large (gconstpointer url)
{
  g_autoptr (WdRedisConnection) connection = connected_to (url);
  g_autofree char *text = g_strnfill (LARGE, 'x');
  g_autoptr (redisReply) echo = call (connection, "ECHO", text, NULL);

  g_assert_cmpuint (echo->len, ==, LARGE);
  g_assert_true (memcmp (echo->str, text, LARGE) == 0);
}

static void
test_blocking (gconstpointer url)
{
  g_autoptr (WdRedisConnection) connection = connected_to (url);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (redisReply) nothing =
    call (connection, "XREAD", "BLOCK", "100", "STREAMS", "wd:no-stream", "$", NULL);

  g_assert_cmpint (nothing->type, ==, REDIS_REPLY_NIL);
  assert_late (start, 100);
}

static void
assert_timed_out (WdRedisConnection *connection, WdRedisCommand *command, int code)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (wd_redis_connection_call (connection, command, wd_deadline_in (300), NULL,
                                           &error));
  g_assert_error (error, WD_ERROR, code);
  g_assert_nonnull (strstr (error->message, wd_redis_connection_describe (connection)));
  assert_late (start, 300);
  g_assert_false (wd_redis_connection_is_connected (connection));
}

static void
test_stopped (gconstpointer url)
{
  g_autoptr (WdRedisConnection) reader = connected_to (url);
  g_autoptr (WdRedisConnection) writer = connected_to (url);
  g_autoptr (WdRedisConnection) newcomer = connection_to (url);
  g_autoptr (WdRedisCommand) read = wd_redis_command_new ("GET", "wd:stopped", NULL);
  g_autoptr (WdRedisCommand) write = wd_redis_command_new ("INCR", "wd:stopped", NULL);
  g_autoptr (GError) error = NULL;
  pid_t pid = (pid_t) atoi (g_getenv ("WD_TEST_REDIS_PID"));
  gint64 start;

  wd_redis_command_set_write (write, TRUE);
  kill (pid, SIGSTOP);
  assert_timed_out (reader, read, WD_ERROR_TIMED_OUT);
  assert_timed_out (writer, write, WD_ERROR_UNKNOWN_OUTCOME);
  start = g_get_monotonic_time ();
  g_assert_false (wd_redis_connection_ensure (newcomer, wd_deadline_in (300), NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  assert_late (start, 300);
  kill (pid, SIGCONT);

  ensure (reader);
  ensure (newcomer);
  g_assert_cmpuint (wd_redis_connection_get_serial (reader), ==, 2);
  g_assert_cmpuint (wd_redis_connection_get_serial (newcomer), ==, 1);
}

typedef struct {
  const char *url;
  GCancellable *cancellable;
  Hold hold;
  gint64 cancelled;
} Canceller;

/* Cancels as soon as the server holds the blocked command. */
static gpointer
cancel_thread (gpointer data)
{
  Canceller *self = data;
  g_autoptr (WdRedisConnection) connection = connected_to (self->url);
  gint64 deadline = wd_deadline_in (SOON_MS);

  while (wd_deadline_left_ms (deadline) > 0)
    {
      g_autoptr (redisReply) list = call (connection, "CLIENT", "LIST", NULL);

      if (strstr (list->str, "cmd=blpop") != NULL)
        break;
      wd_wait_ms (2, NULL, NULL);
    }
  self->cancelled = g_get_monotonic_time ();
  hold_cancel (&self->hold, self->cancellable);
  return NULL;
}

static void
check_cancel (const char *url, gboolean write)
{
  g_autoptr (WdRedisConnection) connection = connected_to (url);
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("BLPOP", "wd:never", "0", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Canceller canceller = { .url = url, .cancellable = cancellable };
  GThread *thread;

  hold_init (&canceller.hold);
  thread = g_thread_new ("canceller", cancel_thread, &canceller);
  wd_redis_command_set_write (command, write);
  g_assert_null (wd_redis_connection_call (connection, command, wd_deadline_in (2 * SOON_MS),
                                           cancellable, &error));
  assert_late (canceller.cancelled, 0);
  hold_release (&canceller.hold);
  g_thread_join (thread);
  hold_clear (&canceller.hold);
  if (write)
    g_assert_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (wd_redis_connection_is_connected (connection));

  g_clear_error (&error);
  g_assert_false (wd_redis_connection_ensure (connection, wd_deadline_in (SOON_MS), cancellable,
                                              &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel (gconstpointer url)
{
  check_cancel (url, FALSE);
  check_cancel (url, TRUE);
}

/* A write before which the caller had cancelled has left nowhere. */
static void
test_cancelled_before (gconstpointer url)
{
  g_autoptr (WdRedisConnection) connection = connected_to (url);
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("INCR", "wd:before", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  wd_redis_command_set_write (command, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (wd_redis_connection_call (connection, command, wd_deadline_in (SOON_MS),
                                           cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A server that closes idle connections is met by connecting anew, unseen. */
static void
test_idle_closed (gconstpointer url)
{
  g_autoptr (WdRedisConnection) connection = connected_to (url);
  g_autoptr (WdRedisConnection) other = connected_to (url);
  g_autoptr (redisReply) id = call (connection, "CLIENT", "ID", NULL);
  g_autofree char *text = g_strdup_printf ("%lld", id->integer);
  g_autoptr (redisReply) killed = call (other, "CLIENT", "KILL", "ID", text, NULL);
  g_autoptr (redisReply) pong = NULL;
  gint64 deadline = wd_deadline_in (SOON_MS);

  g_assert_cmpint (killed->integer, ==, 1);
  while (wd_redis_connection_get_serial (connection) == 1)
    {
      g_assert_cmpint (wd_deadline_left_ms (deadline), >, 0);
      ensure (connection);
    }
  pong = call (connection, "PING", NULL);
  assert_text (pong, "PONG");
}

int
main (int argc, char **argv)
{
  static const struct { const char *name, *variable; } ways[] = {
    { "unix", "REDIS_URL" }, { "tcp", "WD_TEST_REDIS_TCP_URL" }, { "tls", "WD_TEST_REDIS_TLS_URL" },
  };
  static const struct { const char *name; GTestDataFunc func; } tests[] = {
    { "round-trip", test_round_trip }, { "pipeline", test_pipeline }, { "large", test_large },
    { "blocking", test_blocking },     { "stopped", test_stopped },   { "cancel", test_cancel },
    { "cancelled-before", test_cancelled_before }, { "idle-closed", test_idle_closed },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize w = 0; w < G_N_ELEMENTS (ways); w++)
    for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        g_autofree char *path = g_strdup_printf ("/redis/%s/%s", ways[w].name, tests[t].name);

        g_assert_nonnull (g_getenv (ways[w].variable));
        g_test_add_data_func (path, g_getenv (ways[w].variable), tests[t].func);
      }
  return g_test_run ();
}
