/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-help.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDENT 32

static void
append_line (GString *out, const char *left, const char *right)
{
  glong length = g_utf8_strlen (left, -1);

  g_string_append_printf (out, "  %s", left);
  if (length + 2 >= INDENT)
    g_string_append_printf (out, "\n%*s", INDENT, "");
  else
    g_string_append_printf (out, "%*s", (int) (INDENT - 2 - length), "");
  g_string_append_printf (out, "%s\n", right);
}

static void
append_options (GString *out, const WdCliOption *options)
{
  for (; options != NULL && options->name != NULL; options++)
    {
      g_autofree char *left = options->value != NULL
                              ? g_strdup_printf ("--%s %s", options->name, _(options->value))
                              : g_strconcat ("--", options->name, NULL);

      append_line (out, left, _(options->help));
    }
}

static void
append_commands (GString *out, const WdCliCommand *commands, const char *group)
{
  for (const WdCliCommand *command = commands; command->name != NULL; command++)
    {
      g_autofree char *left = command->operands != NULL
                              ? g_strdup_printf ("%s %s", command->name, _(command->operands))
                              : g_strdup (command->name);

      if (g_str_has_prefix (command->name, group))
        append_line (out, left, _(command->summary));
    }
}

static char *
help_on_command (const WdCliCommand *command)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *operands = command->operands != NULL ? _(command->operands) : "";

  g_string_append_printf (out, _("Usage: wdctl %s [options] %s"), command->name, operands);
  g_string_append_printf (out, "\n\n%s.\n\n", _(command->summary));
  for (gsize i = 0; i < G_N_ELEMENTS (command->options); i++)
    append_options (out, command->options[i]);
  append_options (out, wd_cli_global_options);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wd_cli_help:
 * @commands: the table of commands
 * @words: a command, the first word of several, or nothing
 *
 * Returns: (transfer full): what wdctl knows of it
 */
char *
wd_cli_help (const WdCliCommand *commands, const char *words)
{
  g_autofree char *group = *words != '\0' ? g_strconcat (words, " ", NULL) : g_strdup ("");
  g_autoptr (GString) out = NULL;

  for (const WdCliCommand *command = commands; command->name != NULL; command++)
    if (strcmp (command->name, words) == 0)
      return help_on_command (command);

  out = g_string_new (_("Usage: wdctl [--profile NAME] [--json] COMMAND"));
  g_string_append_printf (out, "\n\n%s\n", _("Commands:"));
  append_commands (out, commands, group);
  g_string_append_printf (out, "\n%s\n", _("Options of every command:"));
  append_options (out, wd_cli_global_options);
  if (*words == '\0')
    g_string_append_printf (
      out, "\n%s\n",
      /* TRANSLATORS: the lines stay this short, and the numbers as they are */
      _("Exit status: 0 done, 1 failed, 2 usage, 3 not found, 4 refused,\n"
        "5 no connection, or the connection was lost before the outcome was\n"
        "known: do not repeat blindly; look with “wdctl outbox list” and\n"
        "“wdctl jobs list”."));
  g_string_append_printf (out, "\n%s\n",
                          _("Without --profile, DATABASE_URL and REDIS_URL say where to connect,\n"
                            "or WORKER_DASHBOARD_API_URL does, for a remote dashboard.\n"
                            "“wdctl COMMAND --help” shows the options of a command; see also "
                            "wdctl(1)."));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
