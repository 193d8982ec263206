/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis-support.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/wd-time.h"
#include "base/wd-wait.h"

#define HOLD_MS 200

/* Returns: (transfer full): a connection that trusts the authority of the fixtures */
WdRedisConnection *
connection_to (const char *url)
{
  g_autoptr (GError) error = NULL;
  WdRedisAddress *address = wd_redis_address_parse (url, &error);

  g_assert_no_error (error);
  return wd_redis_connection_new (address, NULL, g_getenv ("WD_TEST_CA"), "wd-test");
}

void
ensure (WdRedisConnection *connection)
{
  g_autoptr (GError) error = NULL;

  wd_redis_connection_ensure (connection, wd_deadline_in (SOON_MS), NULL, &error);
  g_assert_no_error (error);
}

WdRedisConnection *
connected_to (const char *url)
{
  WdRedisConnection *connection = connection_to (url);

  ensure (connection);
  return connection;
}

void
hold_init (Hold *self)
{
  *self = (Hold) { .released = FALSE };
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

/* Newer versions of GLib hold a lock meanwhile that the other thread needs: it ends by itself. */
static void
held_cb (GCancellable *cancellable, gpointer data)
{
  Hold *self = data;
  gint64 deadline = g_get_monotonic_time () + HOLD_MS * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&self->lock);
  while (!self->released && g_cond_wait_until (&self->changed, &self->lock, deadline))
    continue;
  g_mutex_unlock (&self->lock);
}

/* Returns after hold_release() or a moment; whoever listens already is told before. */
void
hold_cancel (Hold *self, GCancellable *cancellable)
{
  g_cancellable_connect (cancellable, G_CALLBACK (held_cb), self, NULL);
  g_cancellable_cancel (cancellable);
}

void
hold_release (Hold *self)
{
  g_mutex_lock (&self->lock);
  self->released = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
hold_clear (Hold *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

/* Returns: (transfer full): the answer to a command of texts, which has to come */
redisReply *
call (WdRedisConnection *connection, const char *first, ...)
{
  g_autoptr (WdRedisCommand) command = wd_redis_command_new (first, NULL);
  g_autoptr (GError) error = NULL;
  redisReply *reply;
  va_list more;

  va_start (more, first);
  for (const char *text = va_arg (more, const char *); text; text = va_arg (more, const char *))
    wd_redis_command_add_text (command, text);
  va_end (more);
  reply = wd_redis_connection_call (connection, command, wd_deadline_in (SOON_MS), NULL, &error);
  g_assert_no_error (error);
  return reply;
}

void
assert_text (const redisReply *reply, const char *text)
{
  g_assert_true (reply->type == REDIS_REPLY_STRING || reply->type == REDIS_REPLY_STATUS);
  g_assert_cmpstr (reply->str, ==, text);
}

/* Not before its time, and hardly after. */
void
assert_late (gint64 since, guint milliseconds)
{
  gint64 taken = (g_get_monotonic_time () - since) / 1000;

  g_assert_cmpint (taken, >=, milliseconds);
  g_assert_cmpint (taken, <=, milliseconds + LATE_MS);
}

/* Between fork and exec: an aborted test leaves no server behind. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

Server *
server_start (void)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WdRedisConnection) connection = NULL;
  g_autofree char *socket = NULL;
  gint64 deadline = wd_deadline_in (SOON_MS);
  Server *self = g_new0 (Server, 1);

  self->folder = g_build_filename (g_getenv ("WD_TEST_FOLDER"), "own-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (self->folder));
  socket = g_build_filename (self->folder, "redis.sock", NULL);
  self->url = g_strconcat ("redis+unix://", socket, NULL);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, "redis-server", "--port", "0",
                                               "--unixsocket", socket, "--save", "", "--dir",
                                               self->folder, NULL);
  g_assert_no_error (error);
  self->pid = (pid_t) atoi (g_subprocess_get_identifier (self->process));

  connection = connection_to (self->url);
  while (!wd_redis_connection_ensure (connection, deadline, NULL, NULL))
    {
      g_assert_cmpint (wd_deadline_left_ms (deadline), >, 0);
      wd_wait_ms (5, NULL, NULL);
    }
  return self;
}

void
server_end (Server *self)
{
  g_autofree char *socket = g_build_filename (self->folder, "redis.sock", NULL);

  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_unlink (socket);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->url);
  g_free (self);
}
