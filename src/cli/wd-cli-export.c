/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole sets on standard output. They are written as they come: they may be larger than memory. */

#include "cli/wd-cli-export.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "session/wd-export-text.h"

#define TELL_US (G_USEC_PER_SEC / 4)

typedef struct {
  gboolean shown; /* a line is there to be replaced */
  gint64 next;    /* monotonic, in microseconds */
} Progress;

static void
progress_cb (WdExport *export, gpointer data)
{
  Progress *progress = data;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (now < progress->next)
    return;
  progress->next = now + TELL_US;
  progress->shown = TRUE;
  text = wd_export_text_progress (export, NULL);
  g_printerr ("\r%s\033[K", text);
}

/* Only where rows and progress do not get into each other's way. */
static void
watch (WdCliContext *context, WdExport *export, Progress *progress)
{
  if (!context->terminal && isatty (STDERR_FILENO))
    g_signal_connect (export, "progress", G_CALLBACK (progress_cb), progress);
}

static gboolean
read_format (WdCliContext *context, const WdCliArguments *arguments, WdExportFormat *format,
             GError **error)
{
  const char *word = wd_cli_arguments_get (arguments, "format");
  const char *misused = NULL;

  *format = WD_EXPORT_CSV;
  if (word != NULL && !wd_export_format_from_string (word, format))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("--format is csv or jsonl, not “%s”"), word);
      return FALSE;
    }
  if (context->json != NULL)
    misused = "--json";
  else if (wd_cli_arguments_has (arguments, "cursor"))
    misused = "--cursor";
  if (misused != NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("%s does not go with --format"),
                 misused);
  return misused == NULL;
}

/* A reader that went away, as in `… | head`, has what it wanted. */
static gboolean
conclude (WdExport *export, GError *failure, GError **error)
{
  gint64 n_rows = wd_export_get_rows (export);
  g_autofree char *rows = g_strdup_printf ("%" G_GINT64_FORMAT, n_rows);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    {
      g_error_free (failure);
      return TRUE;
    }
  if (wd_export_is_partial (export))
    g_prefix_error (&failure,
                    ngettext ("The output is incomplete, it ends after %s row: ",
                              "The output is incomplete, it ends after %s rows: ",
                              (gulong) n_rows), rows);
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * wd_cli_export:
 * @context: an open context
 * @arguments: the command line; without a `--format` it is csv
 * @request: (transfer full): which rows; its limit is taken from @arguments
 * @error: in #WD_ERROR or #G_IO_ERROR
 *
 * Writes the whole set to standard output.
 *
 * Returns: whether it is complete, or nobody reads it any more
 */
gboolean
wd_cli_export (WdCliContext *context, const WdCliArguments *arguments, WdExportRequest *request,
               GError **error)
{
  g_autoptr (WdExportRequest) wanted = request;
  g_autoptr (WdExport) export = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *failure = NULL;
  Progress progress = { 0 };
  WdExportFormat format;

  if (!read_format (context, arguments, &format, error))
    return FALSE;
  wanted->limit = wd_cli_arguments_get_limit (arguments, "limit", 0);
  export = wd_export_new (context->backend, wanted, format);
  watch (context, export, &progress);
  wd_export_to_fd_async (export, STDOUT_FILENO, context->cancellable, wd_answer_cb, &result);
  wd_answer_wait (&result);
  if (progress.shown)
    g_printerr ("\r\033[K");
  return wd_export_finish (export, result, &failure) || conclude (export, failure, error);
}
