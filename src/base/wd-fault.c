/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Fault points exist in test builds alone (-Dfault_points=true). WD_FAULT=NAME stops the process
 * the first time it comes by NAME, WD_FAULT=NAME:3 the third time; with SIGKILL, as a power cut
 * would, so nothing of ours can tidy up behind it; with WD_FAULT_ACTION=stop with SIGSTOP, so that
 * a test can change the world around it and let it go on. WD_FAULT_LOG=FILE lists every point
 * passed. WD_FAULT_SPAN=NAME:SECONDS makes one span of time another, which a test need not wait
 * for; or, in millionths, a bound that it need not fill. */

#include "base/wd-fault.h"

#if WD_FAULT_POINTS

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void
log_point (const char *name)
{
  const char *path = g_getenv ("WD_FAULT_LOG");
  g_autofree char *line = NULL;
  int fd;

  if (path == NULL || (fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) < 0)
    return;
  line = g_strconcat (name, "\n", NULL);
  if (write (fd, line, strlen (line)) < 0)
    g_warning ("Cannot log the fault point %s", name);
  close (fd);
}

/**
 * wd_fault_point:
 * @name: of the step just reached
 *
 * Ends or stops the process here when WD_FAULT says so. Any thread.
 */
void
wd_fault_point (const char *name)
{
  static int passed = 0; /* (atomic) */
  const char *wanted = g_getenv ("WD_FAULT");
  gsize length = strlen (name);
  gint64 turn = 1;

  log_point (name);
  if (wanted == NULL || !g_str_has_prefix (wanted, name))
    return;
  if (wanted[length] == ':')
    turn = g_ascii_strtoll (wanted + length + 1, NULL, 10);
  else if (wanted[length] != '\0')
    return;
  if (g_atomic_int_add (&passed, 1) + 1 == turn)
    /* To this thread: a signal to the process may let it run on for a moment. */
    raise (g_strcmp0 (g_getenv ("WD_FAULT_ACTION"), "stop") == 0 ? SIGSTOP : SIGKILL);
}

/**
 * wd_fault_span:
 * @name: of a span of time, or of a bound
 * @microseconds: how long it is
 *
 * Any thread.
 *
 * Returns: how long it is, or what WD_FAULT_SPAN says instead
 */
gint64
wd_fault_span (const char *name, gint64 microseconds)
{
  const char *wanted = g_getenv ("WD_FAULT_SPAN");
  gsize length = strlen (name);

  if (wanted == NULL || !g_str_has_prefix (wanted, name) || wanted[length] != ':')
    return microseconds;
  return (gint64) (g_ascii_strtod (wanted + length + 1, NULL) * G_USEC_PER_SEC);
}

#endif
