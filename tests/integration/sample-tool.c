/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts sample data without a window, as the window would: says each step, then `ready` and the
 * two addresses, or `error` and why not; goes on until standard input ends. Given a folder, it
 * tries what would fill and work on sample data there, and says why each refuses. */

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-sample.h"
#include "postgres/wd-pg-sample.h"
#include "sample/wd-sample-keeper.h"
#include "sample/wd-sample.h"

typedef struct {
  GMainLoop *loop;
  GCancellable *starting;
} Tool;

static void
say (const char *word, const char *text)
{
  printf ("%s %s\n", word, text);
  fflush (stdout);
}

static void
step_cb (WdSample *sample, const char *text, gpointer data)
{
  say ("step", text);
}

static void
ended_cb (WdSample *sample, const GError *error, Tool *tool)
{
  say ("ended", error->message);
  g_main_loop_quit (tool->loop);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Tool *tool = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdProfile) profile = wd_sample_start_finish (WD_SAMPLE (source), result, &error);

  if (profile == NULL)
    {
      say (wd_error_is_cancelled (error) ? "cancelled" : "error", error->message);
      g_main_loop_quit (tool->loop);
      return;
    }
  say ("folder", profile->sample);
  say ("database", profile->database_url);
  say ("redis", profile->redis_url);
  say ("ready", "");
}

static gboolean
input_cb (int fd, GIOCondition condition, gpointer data)
{
  Tool *tool = data;
  char ignored[64];

  if (read (fd, ignored, sizeof ignored) > 0)
    {
      g_cancellable_cancel (tool->starting);
      return G_SOURCE_CONTINUE;
    }
  g_main_loop_quit (tool->loop);
  return G_SOURCE_REMOVE;
}

static int
try_folder (const char *folder)
{
  g_autoptr (GError) database_error = NULL;
  g_autoptr (GError) queue_error = NULL;
  g_autoptr (WdPgSample) database = wd_pg_sample_new (folder, &database_error);
  g_autoptr (WdBullmqSample) queue =
    wd_bullmq_sample_new (folder, "bull", "gas-topup", "mark", &queue_error);

  if (database != NULL)
    wd_pg_sample_connect (database, wd_deadline_in (5000), NULL, &database_error);
  if (queue != NULL)
    wd_bullmq_sample_begin (queue, wd_deadline_in (5000), NULL, &queue_error);
  say ("database", database_error != NULL ? database_error->message : "accepted");
  say ("queue", queue_error != NULL ? queue_error->message : "accepted");
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GCancellable) starting = NULL;
  g_autoptr (WdSample) sample = NULL;
  Tool tool;

  if (wd_sample_keeper_is_asked (argc, argv))
    return wd_sample_keeper_run (argc, argv);
  if (argc == 2)
    return try_folder (argv[1]);
  tool.loop = loop = g_main_loop_new (NULL, FALSE);
  tool.starting = starting = g_cancellable_new ();
  sample = wd_sample_new ();
  g_signal_connect (sample, "step", G_CALLBACK (step_cb), NULL);
  g_signal_connect (sample, "ended", G_CALLBACK (ended_cb), &tool);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, input_cb, &tool);
  wd_sample_start_async (sample, starting, started_cb, &tool);
  g_main_loop_run (loop);
  wd_sample_stop (sample);
  return 0;
}
