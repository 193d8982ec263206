/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-process.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/wd-exposition.h"

/* Of the fields behind the program's name in /proc/self/stat. */
enum {
  FIELD_START = 19,
  FIELD_VIRTUAL = 20,
  FIELD_RESIDENT = 21,
};

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  /* One is the folder itself. */
  return n > 0 ? n - 1 : 0;
}

/* When the machine was started, in seconds since 1970. */
static gint64
boot_time (void)
{
  g_autofree char *stat = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/stat", &stat, NULL, NULL)
      || (line = strstr (stat, "\nbtime ")) == NULL)
    return 0;
  return g_ascii_strtoll (line + strlen ("\nbtime "), NULL, 10);
}

static void
write_stat (GString *text)
{
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;
  const char *rest;
  double ticks = (double) sysconf (_SC_CLK_TCK);

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL)
      || (rest = strrchr (stat, ')')) == NULL)
    return;
  fields = g_strsplit (rest + 2, " ", -1);
  if (g_strv_length (fields) <= FIELD_RESIDENT)
    return;
  wd_exposition_family (text, "process_resident_memory_bytes", "gauge",
                        "Resident memory size in bytes");
  wd_exposition_count (text, "process_resident_memory_bytes",
                       g_ascii_strtoll (fields[FIELD_RESIDENT], NULL, 10)
                         * sysconf (_SC_PAGESIZE), NULL);
  wd_exposition_family (text, "process_virtual_memory_bytes", "gauge",
                        "Virtual memory size in bytes");
  wd_exposition_count (text, "process_virtual_memory_bytes",
                       g_ascii_strtoll (fields[FIELD_VIRTUAL], NULL, 10), NULL);
  wd_exposition_family (text, "process_start_time_seconds", "gauge",
                        "Start time of the process since 1970 in seconds");
  wd_exposition_number (text, "process_start_time_seconds",
                        (double) boot_time ()
                          + (double) g_ascii_strtoll (fields[FIELD_START], NULL, 10) / ticks,
                        NULL);
}

/**
 * wd_server_process_write:
 * @text: gets what this process takes, under the names that Prometheus' own libraries use
 */
void
wd_server_process_write (GString *text)
{
  struct rusage usage;
  struct rlimit limit;

  write_stat (text);
  if (getrusage (RUSAGE_SELF, &usage) == 0)
    {
      wd_exposition_family (text, "process_cpu_seconds_total", "counter",
                            "User and system time in seconds");
      wd_exposition_number (text, "process_cpu_seconds_total",
                            (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                              + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
                            NULL);
    }
  wd_exposition_family (text, "process_open_fds", "gauge", "Open file descriptors");
  wd_exposition_count (text, "process_open_fds", count_descriptors (), NULL);
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      wd_exposition_family (text, "process_max_fds", "gauge", "As many may be open");
      wd_exposition_count (text, "process_max_fds", (gint64) limit.rlim_cur, NULL);
    }
}
