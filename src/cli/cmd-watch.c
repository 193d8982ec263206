/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A line for each change, as it comes. It ends when somebody interrupts it, or nobody reads. */

#include "cli/cmd.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "cli/wd-cli-alert.h"

typedef struct {
  WdCliContext *context;
  gboolean json;
  char *problem;             /* (owned) (nullable): that was told */
  int write_error;           /* errno, or 0 */
} Output;

static void
alert_cb (WdWatch *watch, const WdAlertChange *change, gpointer data)
{
  Output *output = data;
  g_autofree char *line = wd_cli_alert_line (output->context, change, wd_time_now (),
                                             output->json);

  if (fprintf (stdout, "%s\n", line) < 0 || fflush (stdout) != 0)
    {
      output->write_error = errno;
      g_cancellable_cancel (output->context->cancellable);
    }
}

static void
looked_cb (WdWatch *watch, gpointer data)
{
  Output *output = data;
  const char *problem = wd_watch_get_problem (watch);

  if (g_strcmp0 (problem, output->problem) == 0)
    return;
  g_free (output->problem);
  output->problem = g_strdup (problem);
  if (problem != NULL)
    wd_cli_message ("%s", problem);
}

static gboolean
nobody_reads_cb (int fd, GIOCondition condition, gpointer data)
{
  g_cancellable_cancel (G_CANCELLABLE (data));
  return G_SOURCE_REMOVE;
}

static void
watch_on (WdCliContext *context, WdWatch *watch)
{
  guint source = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR | G_IO_HUP, nobody_reads_cb,
                                context->cancellable);

  wd_backend_set_listening (context->backend, TRUE);
  wd_watch_set_running (watch, TRUE);
  while (!g_cancellable_is_cancelled (context->cancellable))
    g_main_context_iteration (NULL, TRUE);
  wd_watch_set_running (watch, FALSE);
  wd_backend_set_listening (context->backend, FALSE);
  /* It is gone if it was what ended the loop. */
  if (g_main_context_find_source_by_id (NULL, source) != NULL)
    g_source_remove (source);
}

static guint
count_critical (WdWatch *watch)
{
  GPtrArray *incidents = wd_watch_get_incidents (watch);
  guint n = 0;

  for (guint i = 0; i < incidents->len; i++)
    {
      const WdIncident *incident = incidents->pdata[i];

      n += incident->state == WD_INCIDENT_OPEN && incident->severity == WD_SEVERITY_CRITICAL;
    }
  return n;
}

static gboolean
look_once (WdCliContext *context, WdWatch *watch, GError **error)
{
  guint n;

  wd_cli_alert_look (context, watch);
  if (g_cancellable_set_error_if_cancelled (context->cancellable, error))
    return FALSE;
  n = count_critical (watch);
  if (n == 0)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
               ngettext ("%u critical alert is open", "%u critical alerts are open", n), n);
  return FALSE;
}

/**
 * wd_cmd_watch:
 * @context: an open context
 * @arguments: the command line
 * @error: with `--once`, %WD_ERROR_FAILED while something critical is open
 *
 * Writes lines as they come, so there is no document around them.
 */
gboolean
wd_cmd_watch (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  Output output = { context, context->json != NULL, NULL, 0 };
  g_autoptr (WdWatch) watch = wd_watch_new (context->profile, context->backend);
  gboolean done = TRUE;

  g_clear_pointer (&context->json, wd_json_writer_free);
  g_signal_connect (watch, "alert", G_CALLBACK (alert_cb), &output);
  g_signal_connect (watch, "looked", G_CALLBACK (looked_cb), &output);
  if (wd_cli_arguments_has (arguments, "once"))
    done = look_once (context, watch, error);
  else
    watch_on (context, watch);
  g_signal_handlers_disconnect_by_data (watch, &output);
  g_free (output.problem);
  if (output.write_error == 0 || output.write_error == EPIPE)
    return done;
  g_clear_error (error);
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("The answer cannot be written: %s"),
               g_strerror (output.write_error));
  return FALSE;
}
