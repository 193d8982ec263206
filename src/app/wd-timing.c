/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the benchmarks measure, with WD_TIMING=1 in the environment; nothing otherwise.
 *
 * "first-rows MS": from the start of the process, loading and linking included, to the frame that
 * painted the first rows. The start comes from /proc and counts in hundredths of a second.
 * "longest-stall MS busy MS": the longest time the main loop was away without looking at its
 * sources, and the most processor time it used meanwhile (on a machine with other work the two
 * differ), counted from a second after those rows on: that is, what data alone costs.
 * "frames N late N very-late N": how many frames were painted since then within a second of the one
 * before, and after how many of them more than 33 and 100 milliseconds passed to the next. Both are
 * printed at the end, for which SIGTERM is enough.
 * With WD_TIMING=2 also "rows-painted US", in microseconds of the monotonic clock: whenever all the
 * rows in sight were painted after another query, or at another place of the list; and
 * "news-painted US" when those were that a refresh brought. */

#include "app/wd-timing.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LATE_US       33334
#define VERY_LATE_US  100000

static struct {
  gboolean enabled;
  gboolean tells_rows;
  gboolean printed;
  WdPagedList *list;     /* (unowned): for tells_rows */
  gboolean restarted;    /* other rows than those that were told */
  guint told_first;
  WdTime told_read_at;   /* of the rows that were painted last */
  gint64 measure_from;   /* monotonic; 0 before the first rows */
  gint64 woke;           /* monotonic */
  gint64 woke_cpu;       /* of this thread */
  gint64 longest;
  gint64 busiest;        /* of this thread */
  gulong paint_handler;
  gint64 painted;        /* monotonic: the last frame */
  guint n_frames;
  guint n_late;
  guint n_very_late;
} timing;

static gint64
get_boot_time_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Returns: milliseconds since this process was started, or -1 */
static gint64
get_process_age_ms (void)
{
  g_autofree char *stat = NULL;
  const char *p;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL))
    return -1;
  /* The name, in brackets, may hold spaces; the start is the 20th field behind it. */
  p = strrchr (stat, ')');
  fields = p != NULL ? g_strsplit (p + 2, " ", 21) : NULL;
  if (fields == NULL || g_strv_length (fields) < 20)
    return -1;
  return get_boot_time_ms ()
         - g_ascii_strtoll (fields[19], NULL, 10) * 1000 / sysconf (_SC_CLK_TCK);
}

static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 now = g_get_monotonic_time ();
  gint64 cpu = get_cpu_time ();
  int result;

  if (timing.measure_from != 0 && timing.woke > timing.measure_from)
    {
      timing.longest = MAX (timing.longest, now - timing.woke);
      timing.busiest = MAX (timing.busiest, cpu - timing.woke_cpu);
    }
  result = g_poll (fds, n_fds, timeout);
  timing.woke = g_get_monotonic_time ();
  timing.woke_cpu = get_cpu_time ();
  return result;
}

static gboolean
terminate_cb (gpointer data)
{
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

/**
 * wd_timing_begin:
 *
 * Measures what the main loop does, if the environment says `WD_TIMING=1` or `2`; else nothing of
 * this file does anything. Before the first iteration.
 */
void
wd_timing_begin (void)
{
  timing.tells_rows = g_strcmp0 (g_getenv ("WD_TIMING"), "2") == 0;
  timing.enabled = timing.tells_rows || g_strcmp0 (g_getenv ("WD_TIMING"), "1") == 0;
  if (!timing.enabled)
    return;
  g_main_context_set_poll_func (NULL, poll_cb);
  g_unix_signal_add (SIGTERM, terminate_cb, NULL);
}

static void
restarted_cb (WdPagedList *list)
{
  timing.restarted = TRUE;
}

static void
tell_rows (gint64 now)
{
  guint first;

  if (!wd_paged_list_is_in_sight (timing.list, &first)
      || (!timing.restarted && first == timing.told_first))
    return;
  timing.restarted = FALSE;
  timing.told_first = first;
  g_print ("rows-painted %" G_GINT64_FORMAT "\n", now);
  fflush (stdout);
}

static void
tell_news (gint64 now)
{
  WdTime read_at = wd_paged_list_get_read_at (timing.list);

  if (read_at == timing.told_read_at)
    return;
  timing.told_read_at = read_at;
  g_print ("news-painted %" G_GINT64_FORMAT "\n", now);
  fflush (stdout);
}

static void
frame_cb (GdkFrameClock *clock)
{
  gint64 now = g_get_monotonic_time ();
  gint64 gap = now - timing.painted;

  timing.painted = now;
  if (timing.tells_rows)
    {
      tell_rows (now);
      tell_news (now);
    }
  if (now < timing.measure_from || gap > G_USEC_PER_SEC)
    return;
  timing.n_frames++;
  timing.n_late += gap > LATE_US;
  timing.n_very_late += gap > VERY_LATE_US;
}

static void
after_paint_cb (GdkFrameClock *clock)
{
  g_signal_handler_disconnect (clock, timing.paint_handler);
  g_print ("first-rows %" G_GINT64_FORMAT "\n", get_process_age_ms ());
  fflush (stdout);
  timing.measure_from = g_get_monotonic_time () + G_USEC_PER_SEC;
  g_signal_connect (clock, "after-paint", G_CALLBACK (frame_cb), NULL);
}

static void
items_changed_cb (GtkWidget *window, guint position, guint removed, guint added,
                  WdPagedList *list)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  if (timing.printed || wd_paged_list_get_n_loaded (list) == 0 || clock == NULL)
    return;
  timing.printed = TRUE;
  timing.paint_handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

static void
map_cb (GtkWidget *window, WdPagedList *list)
{
  items_changed_cb (window, 0, 0, 0, list);
}

/**
 * wd_timing_watch:
 * @window: where the rows are painted
 * @list: the rows
 */
void
wd_timing_watch (GtkWidget *window, WdPagedList *list)
{
  if (!timing.enabled)
    return;
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), window,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (window, "map", G_CALLBACK (map_cb), list, 0);
  timing.list = list;
  g_signal_connect (list, "restarted", G_CALLBACK (restarted_cb), NULL);
}

/**
 * wd_timing_end:
 *
 * Prints the longest stall and the most processor time used during one, in milliseconds, and how
 * many frames were late.
 */
void
wd_timing_end (void)
{
  if (!timing.enabled)
    return;
  g_print ("longest-stall %.1f busy %.1f\n", (double) timing.longest / 1000,
           (double) timing.busiest / 1000);
  g_print ("frames %u late %u very-late %u\n", timing.n_frames, timing.n_late,
           timing.n_very_late);
}
