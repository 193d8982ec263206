/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One JSON object on a line of standard error for each request and each message of the libraries
 * below. Nothing that a client sent is in it but its method and its path: queries and bodies hold
 * what is nobody's business, headers hold tokens. */

#include "server/wd-server-log.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Lines since the last one that nobody took. */
static int n_lost;

/* In one call, so that lines of two threads do not mix. */
static gboolean
put (const WdWireLine *line)
{
  struct pollfd log = { STDERR_FILENO, POLLOUT, 0 };
  g_autofree char *text = NULL;

  if (poll (&log, 1, 0) != 1 || (log.revents & POLLOUT) == 0)
    return FALSE;
  text = wd_wire_rest_line (line);
  return write (STDERR_FILENO, text, strlen (text)) >= 0;
}

/**
 * wd_server_log_line:
 * @line: what to write. Any thread
 *
 * A log that nobody takes is no reason not to answer: what it has no room for is lost, and how much
 * that was is said once it has.
 */
void
wd_server_log_line (const WdWireLine *line)
{
  int n = g_atomic_int_get (&n_lost);

  if (n > 0 && g_atomic_int_compare_and_exchange (&n_lost, n, 0))
    {
      g_autofree char *text = g_strdup_printf ("%d lines of this log are lost: nobody took them",
                                               n);

      if (!put (&(WdWireLine) { .level = "warning", .message = text }))
        g_atomic_int_add (&n_lost, n);
    }
  if (!put (line))
    g_atomic_int_inc (&n_lost);
}

/**
 * wd_server_log_text:
 * @level: `info`, `warning` or `error`
 * @format: for people
 * @...: for @format
 */
void
wd_server_log_text (const char *level, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  wd_server_log_line (&(WdWireLine) { .level = level, .message = text });
}

static const char *
level_word (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  return level & G_LOG_LEVEL_WARNING ? "warning" : "info";
}

static GLogWriterOutput
write_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *domain = NULL;
  g_autofree char *message = NULL;

  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      message = fields[i].length < 0 ? g_strdup (fields[i].value)
                                     : g_strndup (fields[i].value, (gsize) fields[i].length);
    else if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0)
      domain = fields[i].value;
  if (!g_log_writer_default_would_drop (level, domain))
    wd_server_log_line (&(WdWireLine) { .level = level_word (level), .message = message });
  return G_LOG_WRITER_HANDLED;
}

/**
 * wd_server_log_begin:
 *
 * From now on GLib's messages are lines as well.
 */
void
wd_server_log_begin (void)
{
  g_log_set_writer_func (write_cb, NULL, NULL);
}
