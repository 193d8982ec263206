/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets tests and benchmarks hear what the backend hears: each line of standard output is a JSON
 * object with the time it was told, in microseconds of the monotonic clock. Each line of standard
 * input is `start`, `stop`, `stats`, `health`, or `anew` before one of the last two. */

#include <stdio.h>
#include <string.h>

#include "base/wd-json-writer.h"
#include "session/wd-profile-backend.h"
#include "session/wd-profile-environment.h"

static const char *const state_words[] = { "off", "starting", "on", "silent" };

static WdJsonWriter *
begin (void)
{
  WdJsonWriter *out = wd_json_writer_new ();

  wd_json_writer_begin_object (out);
  wd_json_writer_int_member (out, "at", g_get_monotonic_time ());
  return out;
}

static void
end (WdJsonWriter *out)
{
  g_autofree char *line = NULL;

  wd_json_writer_end_object (out);
  line = wd_json_writer_finish (out);
  printf ("%s\n", line);
  fflush (stdout);
}

static void
changed_cb (WdBackend *backend, guint changes)
{
  WdJsonWriter *out = begin ();

  wd_json_writer_boolean_member (out, "rows", (changes & WD_CHANGE_ROWS) != 0);
  wd_json_writer_boolean_member (out, "queues", (changes & WD_CHANGE_QUEUES) != 0);
  end (out);
}

static void
live_changed_cb (WdBackend *backend)
{
  const WdLive *live = wd_backend_get_live (backend);
  WdJsonWriter *out = begin ();

  wd_json_writer_string_member (out, "database", state_words[live->state[WD_LIVE_DATABASE]]);
  wd_json_writer_string_member (out, "database_reason", live->reason[WD_LIVE_DATABASE]);
  wd_json_writer_string_member (out, "redis", state_words[live->state[WD_LIVE_QUEUES]]);
  wd_json_writer_string_member (out, "redis_reason", live->reason[WD_LIVE_QUEUES]);
  end (out);
}

static void
stats_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdStats) stats = wd_backend_load_stats_finish (WD_BACKEND (source), result, &error);
  WdJsonWriter *out = begin ();
  gint64 queued = 0, active = 0;

  for (guint i = 0; stats != NULL && i < stats->workers->len; i++)
    {
      queued += ((WdWorkerStats *) stats->workers->pdata[i])->queued;
      active += ((WdWorkerStats *) stats->workers->pdata[i])->active;
    }
  wd_json_writer_int_member (out, "queued", queued);
  wd_json_writer_int_member (out, "active", active);
  wd_json_writer_string_member (out, "error", error != NULL ? error->message : NULL);
  end (out);
}

static void
health_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdHealth) health = wd_backend_load_health_finish (WD_BACKEND (source), result, &error);
  WdJsonWriter *out = begin ();
  gint64 lost = 0;

  for (guint i = 0; health != NULL && i < health->findings->len; i++)
    if (((WdFinding *) health->findings->pdata[i])->kind == WD_FINDING_LOST_LOCK)
      lost += ((WdFinding *) health->findings->pdata[i])->count;
  wd_json_writer_int_member (out, "lost", lost);
  wd_json_writer_string_member (out, "error", error != NULL ? error->message : NULL);
  end (out);
}

static gboolean
line_cb (GIOChannel *channel, GIOCondition condition, gpointer data)
{
  WdBackend *backend = data;
  g_autofree char *line = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_object_set_data (G_OBJECT (backend), "ended", GINT_TO_POINTER (TRUE));
      return G_SOURCE_REMOVE;
    }
  if (strcmp (g_strchomp (line), "stats") == 0)
    wd_backend_load_stats_async (backend, zone, NULL, stats_cb, NULL);
  else if (strcmp (line, "health") == 0)
    wd_backend_load_health_async (backend, NULL, health_cb, NULL);
  else if (strcmp (line, "anew") == 0)
    wd_backend_look_anew (backend);
  else
    wd_backend_set_listening (backend, strcmp (line, "start") == 0);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (WdProfile) profile = wd_profile_from_environment (NULL);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (WdBackend) backend = NULL;

  backend = wd_profile_make_backend (profile);
  g_signal_connect (backend, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (backend, "live-changed", G_CALLBACK (live_changed_cb), NULL);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, line_cb, backend);
  while (g_object_get_data (G_OBJECT (backend), "ended") == NULL)
    g_main_context_iteration (NULL, TRUE);
  wd_profile_close_backend (backend, 2000);
  return 0;
}
