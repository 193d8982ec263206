/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/jobs/wd-stack-trace.h"

#include <string.h>

/* Node's “    at work (file:///worker.js:90:11)”, and Python's, Java's and Go's likes of it. */
static gboolean
is_frame (const char *line)
{
  return g_ascii_isspace (*line) && *(line + strspn (line, " \t")) != '\0';
}

/**
 * wd_stack_trace_split:
 * @trace: a stack trace, as a worker's runtime wrote it
 * @frames: (out) (transfer full): the lines that tell where it happened, without their common
 *   margin; "" where there are none
 *
 * Returns: (transfer full): the lines before those, which tell what happened
 */
char *
wd_stack_trace_split (const char *trace, char **frames)
{
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) message = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);

  g_return_val_if_fail (trace != NULL && frames != NULL, NULL);

  lines = g_strsplit (trace, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean in_frames = rest->len > 0 || (i > 0 && is_frame (lines[i]));
      GString *part = in_frames ? rest : message;

      g_strchomp (lines[i]);
      if (part->len > 0)
        g_string_append_c (part, '\n');
      g_string_append (part, in_frames && is_frame (lines[i]) ? g_strchug (lines[i]) : lines[i]);
    }
  g_strchomp (message->str);
  g_strchomp (rest->str);
  *frames = g_strdup (rest->str);
  return g_strdup (message->str);
}

/**
 * wd_stack_trace_attempt:
 * @index: of a trace, the oldest kept being 0
 * @n_traces: how many are kept
 * @attempts_made: attempts that ended
 *
 * The queue keeps the traces of the last failed attempts.
 *
 * Returns: which attempt failed with it, from 1; 0 where that cannot be told, because the number
 *   of attempts was set back by a retry
 */
guint
wd_stack_trace_attempt (guint index, guint n_traces, gint64 attempts_made)
{
  g_return_val_if_fail (index < n_traces, 0);

  if (attempts_made < (gint64) n_traces)
    return 0;
  return (guint) (attempts_made - n_traces) + index + 1;
}
