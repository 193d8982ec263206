/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* wdctl: one command, one answer, one exit status. Standard output carries the answer and nothing
 * else, so it is written once, at the end. */

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/wd-answer.h"
#include "base/wd-core-dump.h"
#include "base/wd-error.h"
#include "base/wd-language.h"
#include "cli/wd-cli-arguments.h"
#include "cli/wd-cli-complete.h"
#include "cli/wd-cli-context.h"
#include "cli/wd-cli-help.h"
#include "cli/wd-cli-status.h"
#include "config.h"
#include "session/wd-profile-store.h"
#include "wire/wd-wire-error.h"

/* The first Ctrl+C asks; the second, with the default action back, ends the program. */
static gboolean
interrupted_cb (gpointer data)
{
  g_cancellable_cancel (G_CANCELLABLE (data));
  return G_SOURCE_REMOVE;
}

static gboolean
run (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const WdCliCommand *command = wd_cli_arguments_get_command (arguments);
  g_autoptr (GError) local = NULL;

  if (wd_cli_context_open (context, wd_cli_arguments_get (arguments, "profile"), &local)
      && command->run (context, arguments, &local))
    return TRUE;

  if (wd_error_is_cancelled (local) && command->look != NULL)
    g_set_error (error, local->domain, local->code,
                 _("Interrupted before the answer came: it may be done or not. Look with “%s” "
                   "before you repeat it."), command->look);
  else if (g_error_matches (local, WD_ERROR, WD_ERROR_AUTHENTICATION)
           && context->keyring_error != NULL)
    g_set_error (error, local->domain, local->code, "%s. %s", local->message,
                 context->keyring_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
finish_document (WdCliContext *context, const GError *error)
{
  g_autofree char *document = NULL;

  if (context->json == NULL)
    return;
  if (error != NULL)
    wd_wire_error_members (context->json, error);
  wd_json_writer_end_object (context->json);
  document = wd_json_writer_finish (g_steal_pointer (&context->json));
  g_string_append (context->out, document);
  g_string_append_c (context->out, '\n');
}

/* A reader that went away, as in `wdctl jobs list | head`, is no failure of the command. */
static int
write_out (const GString *out, int status)
{
  if (fwrite (out->str, 1, out->len, stdout) == out->len && fflush (stdout) == 0)
    return status;
  if (errno == EPIPE)
    return status;
  wd_cli_message (_("The answer cannot be written: %s"), g_strerror (errno));
  return status == WD_CLI_DONE ? WD_CLI_FAILED : status;
}

/* How what the error asks for is done here. */
static void
advise (GError *error)
{
  g_autofree char *message = NULL;

  if (!g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED))
    return;
  message = g_steal_pointer (&error->message);
  /* TRANSLATORS: an error, a sentence; then what to do about it */
  error->message = g_strdup_printf (_("%s Run “wdctl migrate”."), message);
}

static void
complain (const WdCliArguments *arguments, const GError *error, gboolean usage)
{
  const WdCliCommand *command = wd_cli_arguments_get_command (arguments);

  wd_cli_message ("%s", error->message);
  if (usage && command != NULL)
    g_printerr (_("Try “wdctl %s --help”.\n"), command->name);
  else if (usage)
    g_printerr (_("Try “wdctl --help”.\n"));
}

/* The completions of shells ask for this; see wdctl.bash. */
static int
complete (const char *const *words)
{
  g_autoptr (WdProfileStore) store = wd_profile_store_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *found = NULL;

  wd_profile_store_load_async (store, NULL, wd_answer_cb, &result);
  profiles = wd_profile_store_load_finish (store, wd_answer_wait (&result), &problems, NULL);
  if (profiles != NULL)
    names = wd_profile_store_names (profiles, problems, NULL);
  found = wd_cli_complete (wd_cli_commands (), words, (const char *const *) names);
  fputs (found, stdout);
  return WD_CLI_DONE;
}

int
main (int argc, char **argv)
{
  g_autoptr (WdCliArguments) arguments = wd_cli_arguments_new (wd_cli_commands ());
  g_autoptr (WdCliContext) context = NULL;
  g_autoptr (GError) error = NULL;
  gboolean parsed;

  wd_core_dump_forbid ();
  g_set_prgname ("wdctl");
  wd_language_set_up ();
  signal (SIGPIPE, SIG_IGN);
  g_log_writer_default_set_use_stderr (TRUE);
  if (argc > 2 && strcmp (argv[1], "--complete") == 0)
    return complete ((const char *const *) argv + 2);

  parsed = wd_cli_arguments_parse (arguments, (const char *const *) argv + MIN (argc, 1), &error);
  context = wd_cli_context_new (wd_cli_arguments_has (arguments, "json"));
  if (wd_cli_arguments_has (arguments, "help") || wd_cli_arguments_has (arguments, "version"))
    g_clear_pointer (&context->json, wd_json_writer_free);
  if (parsed && wd_cli_arguments_has (arguments, "version"))
    g_string_append (context->out, "wdctl " WD_VERSION "\n");
  else if (parsed && wd_cli_arguments_has (arguments, "help"))
    {
      g_autofree char *help = wd_cli_help (wd_cli_commands (),
                                                 wd_cli_arguments_get_words (arguments));

      g_string_append (context->out, help);
    }
  else if (parsed)
    {
      g_unix_signal_add (SIGINT, interrupted_cb, context->cancellable);
      g_unix_signal_add (SIGTERM, interrupted_cb, context->cancellable);
      run (context, arguments, &error);
    }

  advise (error);
  finish_document (context, error);
  if (error != NULL && !context->told)
    complain (arguments, error, !parsed);
  return write_out (context->out, wd_cli_exit_status (error));
}
