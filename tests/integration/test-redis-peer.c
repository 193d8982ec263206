/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Peers that are no Redis: what they send must neither be believed nor waited for. */

#include <stdlib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-streams.h"
#include "redis-support.h"

#define SECRET "s3cret"
#define DEADLINE_MS 300
#define ENOUGH_MS (6 * SOON_MS) /* for the 64 MB it takes some cases to be refused */
#define MEMORY_MAX_KB (800 * 1024)

#define PAD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define PAD_512 PAD PAD PAD PAD PAD PAD PAD PAD

typedef enum { THEN_WAIT, THEN_CLOSE, THEN_REPEAT, THEN_MIRROR, THEN_CANCEL } Then;

typedef struct {
  const char *name;
  const char *greeting; /* NULL: none, but silence */
  const char *answer;   /* to the command after the greeting */
  Then then;
  const char *again; /* sent without end for THEN_REPEAT */
  int code;          /* of the connect without an answer, else of the call */
} Case;

static const Case cases[] = {
  { "mute", NULL, NULL, THEN_WAIT, NULL, WD_ERROR_TIMED_OUT },
  { "http", "HTTP/1.1 400 Bad Request\r\n\r\n", NULL, THEN_CLOSE, NULL, WD_ERROR_PROTOCOL },
  { "greeting-closed", "", NULL, THEN_CLOSE, NULL, WD_ERROR_NO_CONNECTION },
  { "greeting-endless", "-", NULL, THEN_REPEAT, PAD_512, WD_ERROR_PROTOCOL },
  { "greeting-surplus", "+OK\r\n+OK\r\n", NULL, THEN_WAIT, NULL, WD_ERROR_PROTOCOL },
  { "silent", "+OK\r\n", "", THEN_WAIT, NULL, WD_ERROR_TIMED_OUT },
  { "closed", "+OK\r\n", "", THEN_CLOSE, NULL, WD_ERROR_NO_CONNECTION },
  { "half", "+OK\r\n", "*2\r\n:1\r\n", THEN_WAIT, NULL, WD_ERROR_TIMED_OUT },
  { "half-closed", "+OK\r\n", "*2\r\n:1\r\n", THEN_CLOSE, NULL, WD_ERROR_NO_CONNECTION },
  { "surplus", "+OK\r\n", "+OK\r\n+OK\r\n", THEN_WAIT, NULL, WD_ERROR_PROTOCOL },
  { "list-of-a-billion", "+OK\r\n", "*1000000000\r\n", THEN_WAIT, NULL, WD_ERROR_PROTOCOL },
  { "string-of-a-terabyte", "+OK\r\n", "$1099511627776\r\n", THEN_REPEAT, PAD_512,
    WD_ERROR_PROTOCOL },
  { "string-without-end", "+OK\r\n", "$67108864\r\n", THEN_REPEAT, PAD_512, WD_ERROR_PROTOCOL },
  { "line-without-end", "+OK\r\n", "+", THEN_REPEAT, PAD_512, WD_ERROR_PROTOCOL },
  { "list-without-end", "+OK\r\n", "*1000000\r\n", THEN_REPEAT, "$512\r\n" PAD_512 "\r\n",
    WD_ERROR_PROTOCOL },
  { "lists-in-lists", "+OK\r\n", "", THEN_REPEAT, "*1000000\r\n", WD_ERROR_PROTOCOL },
  { "ever-deeper", "+OK\r\n", "", THEN_REPEAT, "*1\r\n", WD_ERROR_PROTOCOL },
};

typedef struct {
  const Case *script;
  GSocketListener *listener; /* (owned) */
  GThread *thread;           /* (owned) */
  guint16 port;
  GCancellable *cancellable; /* (owned): the thread cancels it once it has heard something */
  Hold hold;
} Peer;

static void
say (GSocketConnection *connection, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}

/* A block many times what a socket takes at once, so that endless answers come fast. */
static void
say_endlessly (GSocketConnection *connection, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GString) block = g_string_new (NULL);

  while (block->len < (256 << 10))
    g_string_append (block, text);
  while (g_output_stream_write_all (output, block->str, block->len, NULL, NULL, NULL))
    continue;
}

static void
hear (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char heard[4096];

  g_input_stream_read (input, heard, sizeof heard, NULL, NULL);
}

/* Reads no more before it is rid of what it read. */
static void
mirror (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char chunk[4096];
  gssize n;

  while ((n = g_input_stream_read (input, chunk, sizeof chunk, NULL, NULL)) > 0)
    g_output_stream_write_all (output, chunk, (gsize) n, NULL, NULL, NULL);
}

static gpointer
peer_thread (gpointer data)
{
  Peer *self = data;
  const Case *c = self->script;
  g_autoptr (GSocketConnection) connection =
    g_socket_listener_accept (self->listener, NULL, NULL, NULL);

  g_assert_nonnull (connection);
  if (c->then == THEN_MIRROR)
    {
      mirror (connection);
      return NULL;
    }
  hear (connection);
  if (c->then == THEN_CANCEL)
    hold_cancel (&self->hold, self->cancellable);
  if (c->greeting != NULL)
    say (connection, c->greeting);
  if (c->answer != NULL)
    {
      hear (connection);
      say (connection, c->answer);
    }
  if (c->then == THEN_REPEAT)
    say_endlessly (connection, c->again);
  else if (c->then == THEN_WAIT)
    hear (connection);
  return NULL;
}

static Peer *
peer_start (const Case *c)
{
  Peer *self = g_new0 (Peer, 1);

  self->script = c;
  self->cancellable = g_cancellable_new ();
  hold_init (&self->hold);
  self->listener = g_socket_listener_new ();
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, NULL);
  g_assert_cmpuint (self->port, !=, 0);
  self->thread = g_thread_new ("peer", peer_thread, self);
  return self;
}

/* Ends once the client has gone. */
static void
peer_end (Peer *self)
{
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  hold_clear (&self->hold);
  g_free (self);
}

static WdRedisConnection *
connection_with (const char *scheme, const char *credentials, guint16 port)
{
  g_autofree char *url = g_strdup_printf ("%s://%s127.0.0.1:%u", scheme, credentials, port);

  return connection_to (url);
}

/* The most address space this process ever had, in kB: resident or only reserved. */
static gint64
memory_peak (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  return g_ascii_strtoll (strstr (status, "VmPeak:") + strlen ("VmPeak:"), NULL, 10);
}

static void
check (const Case *c, gboolean write)
{
  Peer *peer = peer_start (c);
  g_autoptr (WdRedisConnection) connection = connection_with ("redis", "", peer->port);
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("GET", "k", NULL);
  g_autoptr (GError) error = NULL;
  int code = write ? WD_ERROR_UNKNOWN_OUTCOME : c->code;
  guint deadline_ms = c->code == WD_ERROR_TIMED_OUT ? DEADLINE_MS : ENOUGH_MS;
  gint64 start = g_get_monotonic_time ();

  wd_redis_command_set_write (command, write);
  if (wd_redis_connection_ensure (connection, wd_deadline_in (deadline_ms), NULL, &error))
    {
      start = g_get_monotonic_time ();
      g_assert_null (wd_redis_connection_call (connection, command, wd_deadline_in (deadline_ms),
                                               NULL, &error));
    }
  g_assert_error (error, WD_ERROR, code);
  g_assert_nonnull (strstr (error->message, wd_redis_connection_describe (connection)));
  g_assert_false (wd_redis_connection_is_connected (connection));
  if (c->code == WD_ERROR_TIMED_OUT)
    assert_late (start, DEADLINE_MS);
  peer_end (peer);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gint64 before = memory_peak ();

  check (c, FALSE);
  if (c->answer != NULL)
    check (c, TRUE);
  g_assert_cmpint (memory_peak () - before, <, MEMORY_MAX_KB);
}

/* A server may say anything; a password it repeats is not shown. */
static void
test_password_repeated (void)
{
  static const Case c = { "echo", "-ERR you said " SECRET "\r\n+OK\r\n", NULL, THEN_WAIT };
  Peer *peer = peer_start (&c);
  g_autoptr (WdRedisConnection) connection = connection_with ("redis", ":" SECRET "@", peer->port);
  g_autoptr (GError) error = NULL;

  g_assert_false (wd_redis_connection_ensure (connection, wd_deadline_in (SOON_MS), NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_AUTHENTICATION);
  g_assert_null (strstr (error->message, SECRET));
  peer_end (peer);
}

/* A command is in the form of an answer. A peer that answers with the very bytes it read stops
 * reading while its answers are not taken, unlike Redis, which keeps any number of them. */
static void
test_mirror (void)
{
  static const Case c = { "mirror", NULL, NULL, THEN_MIRROR };
  Peer *peer = peer_start (&c);
  g_autoptr (WdRedisConnection) connection = connection_with ("redis", "", peer->port);
  g_autofree char *text = g_strnfill (1 << 20, 'x');
  g_autoptr (WdRedisCommand) echo = wd_redis_command_new ("ECHO", text, NULL);
  WdRedisCommand *commands[20];
  g_autoptr (GPtrArray) replies = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    commands[i] = echo;
  ensure (connection);
  replies = wd_redis_connection_pipeline (connection, commands, G_N_ELEMENTS (commands),
                                          wd_deadline_in (SOON_MS), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < replies->len; i++)
    g_assert_cmpuint (((redisReply *) replies->pdata[i])->element[1]->len, ==, 1 << 20);
  wd_redis_connection_drop (connection);
  peer_end (peer);
}

static void
assert_no_handshake (WdRedisConnection *connection)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_false (wd_redis_connection_ensure (connection, wd_deadline_in (DEADLINE_MS), NULL,
                                              &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  assert_late (start, DEADLINE_MS);
}

static void
test_tls_mute (void)
{
  Peer *peer = peer_start (&cases[0]);
  g_autoptr (WdRedisConnection) connection = connection_with ("rediss", "", peer->port);

  assert_no_handshake (connection);
  peer_end (peer);
}

/* The caller is back while whoever cancelled is still busy with it. */
static void
test_tls_cancelled (void)
{
  static const Case c = { "cancel", NULL, NULL, THEN_CANCEL };
  Peer *peer = peer_start (&c);
  g_autoptr (WdRedisConnection) connection = connection_with ("rediss", "", peer->port);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_false (wd_redis_connection_ensure (connection, wd_deadline_in (2 * SOON_MS),
                                              peer->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_late (start, 0);
  hold_release (&peer->hold);
  peer_end (peer);
}

/* What tells nothing of a stream is none: it is not read from a place that nobody knows. */
static void
test_no_stream (void)
{
  static const Case c = { "no-stream", "+OK\r\n", "*0\r\n", THEN_WAIT };
  static const WdBullmqQueue queue = { (char *) "bull", (char *) "q" };
  Peer *peer = peer_start (&c);
  g_autoptr (WdRedisConnection) connection = connection_with ("redis", "", peer->port);
  WdBullmqStreams *streams = wd_bullmq_streams_new (&queue, 1);
  g_autoptr (GError) error = NULL;
  WdBullmqNews news;

  ensure (connection);
  wd_bullmq_streams_catch_up (streams, connection, &news, wd_deadline_in (SOON_MS), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wd_bullmq_streams_read (streams, connection, 1, &news, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (news.n_events, ==, 0);
  wd_bullmq_streams_free (streams);
  wd_redis_connection_drop (connection);
  peer_end (peer);
}

/* Returns: (transfer full): a socket whose queue of connections nobody takes is full, so that the
 *   next one is neither accepted nor refused */
static GSocket *
full_listener (GPtrArray *clients, guint16 *port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  GSocket *listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);

  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_bind (listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (listener, NULL));
  bound = g_socket_get_local_address (listener, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  for (int i = 0; i < 4; i++)
    {
      GSocket *client = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);

      g_socket_set_blocking (client, FALSE);
      g_socket_connect (client, bound, NULL, NULL);
      g_ptr_array_add (clients, client);
    }
  return listener;
}

static void
test_never_accepted (void)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  guint16 port;
  g_autoptr (GSocket) listener = full_listener (clients, &port);
  g_autoptr (WdRedisConnection) connection = connection_with ("redis", "", port);

  assert_no_handshake (connection);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/redis/peer/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/redis/peer/password-repeated", test_password_repeated);
  g_test_add_func ("/redis/peer/mirror", test_mirror);
  g_test_add_func ("/redis/peer/tls-mute", test_tls_mute);
  g_test_add_func ("/redis/peer/tls-cancelled", test_tls_cancelled);
  g_test_add_func ("/redis/peer/no-stream", test_no_stream);
  g_test_add_func ("/redis/peer/never-accepted", test_never_accepted);
  return g_test_run ();
}
