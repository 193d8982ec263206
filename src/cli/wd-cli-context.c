/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-context.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "session/wd-profile-backend.h"
#include "session/wd-profile-environment.h"
#include "session/wd-profile-file.h"
#include "session/wd-profile-open.h"

/* A server that hangs does not keep us from ending. */
#define CLOSE_MS 500

static guint
measure_terminal (void)
{
  const char *columns = g_getenv ("COLUMNS");
  struct winsize size;
  guint64 width;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return columns != NULL && g_ascii_string_to_unsigned (columns, 10, 20, 1000, &width, NULL)
         ? (guint) width : 80;
}

static gboolean
wants_color (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return (no_color == NULL || *no_color == '\0') && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/**
 * wd_cli_context_new:
 * @json: whether the answer is a document
 *
 * Returns: (transfer full): a context without a connection
 */
WdCliContext *
wd_cli_context_new (gboolean json)
{
  WdCliContext *self = g_new0 (WdCliContext, 1);

  self->cancellable = g_cancellable_new ();
  self->out = g_string_new (NULL);
  self->terminal = isatty (STDOUT_FILENO);
  self->color = self->terminal && wants_color ();
  self->width = self->terminal ? measure_terminal () : 0;
  self->now = wd_time_now ();
  if (json)
    {
      self->json = wd_json_writer_new ();
      wd_json_writer_begin_object (self->json);
    }
  return self;
}

/**
 * wd_cli_context_free:
 * @self: (transfer full): a context
 *
 * Closes the backend in good order and waits for that, within bounds: only at the end of the
 * program.
 */
void
wd_cli_context_free (WdCliContext *self)
{
  if (self->backend != NULL)
    wd_profile_close_backend (self->backend, CLOSE_MS);
  g_clear_object (&self->backend);
  wd_profile_unref (self->profile);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->json, wd_json_writer_free);
  g_string_free (self->out, TRUE);
  g_clear_error (&self->keyring_error);
  g_free (self);
}

/**
 * wd_cli_context_open:
 * @self: a new context
 * @profile_name: (nullable): a saved connection; %NULL is the environment's
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Finds out where to connect; the backend connects when it is first used.
 */
gboolean
wd_cli_context_open (WdCliContext *self, const char *profile_name, GError **error)
{
  g_autofree char *warning = NULL;

  self->profile = profile_name != NULL
                  ? wd_profile_open (profile_name, self->cancellable, &self->keyring_error, error)
                  : wd_profile_from_environment (error);
  if (self->profile == NULL)
    return FALSE;
  if (self->profile->database_url == NULL && self->profile->api_url == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("The connection “%s” has no database-url"), self->profile->name);
      return FALSE;
    }
  if (profile_name != NULL)
    {
      warning = wd_profile_get_warning (self->profile);
      if (warning != NULL)
        wd_cli_message ("%s", warning);
    }
  self->backend = wd_profile_make_backend (self->profile);
  return TRUE;
}

/**
 * wd_cli_message:
 * @format: what to say
 * @...: for @format
 *
 * Says something to the person at the terminal, on standard error.
 */
void
wd_cli_message (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("wdctl: %s\n", text);
}

/**
 * wd_cli_print_table:
 * @self: the context
 * @table: (transfer full): rows, printed as wide as the terminal allows
 */
void
wd_cli_print_table (WdCliContext *self, WdCliTable *table)
{
  wd_cli_table_print (table, self->out, self->width, self->color);
  wd_cli_table_free (table);
}

/**
 * wd_cli_format_when:
 * @self: the context
 * @time: a time
 *
 * Returns: (transfer full): its age at a terminal; elsewhere the time itself, which sorts
 */
char *
wd_cli_format_when (const WdCliContext *self, WdTime time)
{
  if (time == WD_TIME_NONE)
    return g_strdup ("—");
  return self->terminal ? wd_format_age (time, self->now) : wd_time_to_rfc3339 (time);
}

/**
 * wd_cli_status_color:
 * @word: a status of a job, a worker or a check
 *
 * Returns: its colour
 */
WdCliColor
wd_cli_status_color (const char *word)
{
  static const struct {
    const char *word;
    WdCliColor color;
  } colors[] = {
    { "active", WD_CLI_GREEN }, { "processing", WD_CLI_GREEN }, { "completed", WD_CLI_GREEN },
    { "ok", WD_CLI_GREEN }, { "failed", WD_CLI_RED }, { "error", WD_CLI_RED },
    { "stopped", WD_CLI_YELLOW }, { "retrying", WD_CLI_YELLOW }, { "warning", WD_CLI_YELLOW },
    { "unknown", WD_CLI_YELLOW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    if (g_strcmp0 (colors[i].word, word) == 0)
      return colors[i].color;
  return WD_CLI_PLAIN;
}
