/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a command line by the tables of commands and options. GOptionContext knows neither
 * commands nor `--opt=false`, and takes the next option for a forgotten value: here that is wrong
 * usage, since a mistaken word could name what money is sent for. */

#include "cli/wd-cli-arguments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-decimal.h"
#include "base/wd-error.h"
#include "model/wd-page.h"
#include "model/wd-request.h"

struct _WdCliArguments {
  const WdCliCommand *commands;         /* (not owned) */
  const WdCliCommand *command;          /* (not owned) (nullable): once its words are read */
  GString *words;                       /* (owned): of the command, as far as read */
  GPtrArray *operands;                  /* (owned): NULL-terminated */
  GHashTable *values;                   /* (owned): option name to array of its values */
};

/**
 * wd_cli_arguments_new:
 * @commands: the table of commands; stays the caller's
 *
 * Returns: (transfer full): arguments with nothing read yet
 */
WdCliArguments *
wd_cli_arguments_new (const WdCliCommand *commands)
{
  WdCliArguments *self = g_new0 (WdCliArguments, 1);

  self->commands = commands;
  self->words = g_string_new (NULL);
  self->operands = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * wd_cli_arguments_free:
 * @self: (transfer full): arguments; texts taken from them go with them
 */
void
wd_cli_arguments_free (WdCliArguments *self)
{
  g_string_free (self->words, TRUE);
  g_ptr_array_unref (self->operands);
  g_hash_table_unref (self->values);
  g_free (self);
}

static gboolean G_GNUC_PRINTF (2, 3)
misused (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (WD_ERROR, WD_ERROR_INVALID_ARGUMENT, format, args);
  va_end (args);
  return FALSE;
}

static const WdCliOption *
find_in (const WdCliOption *table, const char *name)
{
  for (; table != NULL && table->name != NULL; table++)
    if (strcmp (table->name, name) == 0)
      return table;
  return NULL;
}

static const WdCliOption *
find_option (const WdCliArguments *self, const char *name)
{
  const WdCliOption *found = find_in (wd_cli_global_options, name);

  for (gsize i = 0; found == NULL && self->command != NULL
                    && i < G_N_ELEMENTS (self->command->options); i++)
    found = find_in (self->command->options[i], name);
  return found;
}

static gboolean
check_value (const WdCliOption *option, const char *value, GError **error)
{
  g_autoptr (GError) problem = NULL;
  WdTime time;

  switch (option->kind)
    {
    case WD_CLI_BOOLEAN:
      return strcmp (value, "true") == 0 || strcmp (value, "false") == 0
             || misused (error, _("--%s is true or false, not “%s”"), option->name, value);
    case WD_CLI_TIME:
      return wd_time_parse (value, FALSE, &time, &problem)
             || misused (error, "--%s: %s", option->name, problem->message);
    case WD_CLI_LIMIT:
      return g_ascii_string_to_unsigned (value, 10, 1, WD_PAGE_LIMIT_MAX, NULL, NULL)
             || misused (error, _("--%s is a number from 1 to %d, not “%s”"), option->name,
                         WD_PAGE_LIMIT_MAX, value);
    case WD_CLI_ADDRESS:
      return *value == '\0' ? misused (error, _("--%s is without an address"), option->name)
                            : wd_wallet_address_validate (value, &problem)
                                || misused (error, "--%s: %s", option->name, problem->message);
    case WD_CLI_UUID:
      return g_uuid_string_is_valid (value)
             || misused (error, _("--%s is a UUID, not “%s”"), option->name, value);
    case WD_CLI_AMOUNT:
      return wd_decimal_is_valid (value)
             || misused (error, _("--%s is an amount, not “%s”"), option->name, value);
    case WD_CLI_FLAG:
    case WD_CLI_TEXT:
      break;
    }
  return TRUE;
}

static gboolean
add_value (WdCliArguments *self, const WdCliOption *option, const char *value, GError **error)
{
  GPtrArray *values = g_hash_table_lookup (self->values, option->name);

  if (values == NULL)
    {
      values = g_ptr_array_new_null_terminated (1, g_free, TRUE);
      g_hash_table_insert (self->values, (char *) option->name, values);
    }
  else if (option->kind == WD_CLI_FLAG)
    return TRUE;
  else if (!option->repeats)
    return misused (error, _("--%s is given twice"), option->name);
  if (!check_value (option, value, error))
    return FALSE;
  g_ptr_array_add (values, g_strdup (value));
  return TRUE;
}

/* @next is moved past the value where that is a word of its own. */
static gboolean
read_option (WdCliArguments *self, const char *word, const char *const **next, GError **error)
{
  gboolean is_short = strcmp (word, "-h") == 0;
  const char *text = is_short ? "help" : word + 2;
  gsize length = strcspn (text, "=");
  g_autofree char *name = g_strndup (text, length);
  const char *value = text[length] == '=' ? text + length + 1 : NULL;
  const WdCliOption *option = is_short || word[1] == '-' ? find_option (self, name) : NULL;

  if (option == NULL)
    return misused (error, _("There is no option %s here"), word);
  if (option->kind == WD_CLI_FLAG)
    return value == NULL ? add_value (self, option, "true", error)
                         : misused (error, _("--%s takes no value"), option->name);
  if (value == NULL)
    {
      if (**next == NULL || g_str_has_prefix (**next, "--"))
        return misused (error, _("--%s needs a value"), option->name);
      value = *(*next)++;
    }
  return add_value (self, option, value, error);
}

static gboolean
read_command_word (WdCliArguments *self, const char *word, GError **error)
{
  g_autofree char *group = NULL;
  gboolean known = FALSE;

  if (self->words->len > 0)
    g_string_append_c (self->words, ' ');
  g_string_append (self->words, word);
  group = g_strconcat (self->words->str, " ", NULL);
  for (const WdCliCommand *command = self->commands; command->name != NULL; command++)
    {
      if (strcmp (command->name, self->words->str) == 0)
        self->command = command;
      known = known || g_str_has_prefix (command->name, group);
    }
  return self->command != NULL || known
         || misused (error, _("There is no command “%s”"), self->words->str);
}

/* One command's name may begin another's, as “health” does “health limits”. */
static gboolean
is_longer_name (const WdCliArguments *self, const char *word)
{
  g_autofree char *name = g_strconcat (self->words->str, " ", word, NULL);

  if (self->operands->len > 0)
    return FALSE;
  for (const WdCliCommand *command = self->commands; command->name != NULL; command++)
    if (strcmp (command->name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_command (const WdCliArguments *self, GError **error)
{
  const WdCliCommand *command = self->command;

  if (wd_cli_arguments_has (self, "help") || wd_cli_arguments_has (self, "version"))
    return TRUE;
  if (command == NULL)
    return self->words->len == 0 ? misused (error, _("A command is missing"))
                                 : misused (error, _("What of “%s”?"), self->words->str);
  if (self->operands->len < command->min_operands)
    return misused (error, _("%s needs %s"), command->name, command->operands);
  if (self->operands->len > command->max_operands)
    return misused (error, _("“%s” is too much for %s"),
                    (const char *) self->operands->pdata[command->max_operands], command->name);
  return TRUE;
}

/**
 * wd_cli_arguments_parse:
 * @self: new arguments
 * @words: (array zero-terminated=1): the command line without the program's name
 * @error: %WD_ERROR_INVALID_ARGUMENT; what was read until then can be asked for
 */
gboolean
wd_cli_arguments_parse (WdCliArguments *self, const char *const *words, GError **error)
{
  gboolean only_operands = FALSE, good = TRUE;

  g_return_val_if_fail (self != NULL && words != NULL, FALSE);

  /* A mistake before it must not hide that the answer has to be a document. */
  for (const char *const *word = words; *word != NULL && strcmp (*word, "--") != 0; word++)
    if (strcmp (*word, "--json") == 0)
      add_value (self, find_in (wd_cli_global_options, "json"), "true", NULL);

  while (good && *words != NULL)
    {
      const char *word = *words++;

      if (!g_utf8_validate (word, -1, NULL))
        good = misused (error, _("The command line is not UTF-8"));
      else if (!only_operands && strcmp (word, "--") == 0)
        only_operands = TRUE;
      else if (!only_operands && word[0] == '-' && word[1] != '\0')
        good = read_option (self, word, &words, error);
      else if (self->command == NULL || (!only_operands && is_longer_name (self, word)))
        good = read_command_word (self, word, error);
      else
        g_ptr_array_add (self->operands, g_strdup (word));
    }
  return good && check_command (self, error);
}

/**
 * wd_cli_arguments_get_command:
 * @self: parsed arguments
 *
 * Returns: (transfer none) (nullable): the command
 */
const WdCliCommand *
wd_cli_arguments_get_command (const WdCliArguments *self)
{
  return self->command;
}

/**
 * wd_cli_arguments_get_words:
 * @self: parsed arguments
 *
 * Returns: (transfer none): the words of the command, also when they only name a group
 */
const char *
wd_cli_arguments_get_words (const WdCliArguments *self)
{
  return self->words->str;
}

/**
 * wd_cli_arguments_get_operands:
 * @self: parsed arguments
 *
 * Returns: (transfer none) (array zero-terminated=1): what is no option
 */
const char *const *
wd_cli_arguments_get_operands (const WdCliArguments *self)
{
  return (const char *const *) self->operands->pdata;
}

/**
 * wd_cli_arguments_has:
 * @self: arguments
 * @option: its name without dashes
 *
 * Returns: whether it was given, with or without a value
 */
gboolean
wd_cli_arguments_has (const WdCliArguments *self, const char *option)
{
  return g_hash_table_contains (self->values, option);
}

/**
 * wd_cli_arguments_get:
 * @self: parsed arguments
 * @option: its name
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
wd_cli_arguments_get (const WdCliArguments *self, const char *option)
{
  GPtrArray *values = g_hash_table_lookup (self->values, option);

  return values != NULL ? values->pdata[0] : NULL;
}

/**
 * wd_cli_arguments_get_all:
 * @self: parsed arguments
 * @option: its name
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): its values
 */
const char *const *
wd_cli_arguments_get_all (const WdCliArguments *self, const char *option)
{
  GPtrArray *values = g_hash_table_lookup (self->values, option);

  return values != NULL ? (const char *const *) values->pdata : NULL;
}

/**
 * wd_cli_arguments_get_boolean:
 * @self: parsed arguments
 * @option: its name
 *
 * Returns: its value, or unset
 */
WdTristate
wd_cli_arguments_get_boolean (const WdCliArguments *self, const char *option)
{
  const char *value = wd_cli_arguments_get (self, option);

  if (value == NULL)
    return WD_TRISTATE_UNSET;
  return strcmp (value, "true") == 0 ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
}

/**
 * wd_cli_arguments_get_time:
 * @self: parsed arguments
 * @option: its name
 * @end_of_day: whether a bare date means its last moment
 *
 * Returns: its value, or %WD_TIME_NONE
 */
WdTime
wd_cli_arguments_get_time (const WdCliArguments *self, const char *option, gboolean end_of_day)
{
  const char *value = wd_cli_arguments_get (self, option);
  WdTime time;

  return value != NULL && wd_time_parse (value, end_of_day, &time, NULL) ? time : WD_TIME_NONE;
}

/**
 * wd_cli_arguments_get_limit:
 * @self: parsed arguments
 * @option: its name
 * @otherwise: the value where it is not given
 *
 * Returns: its value
 */
guint
wd_cli_arguments_get_limit (const WdCliArguments *self, const char *option, guint otherwise)
{
  const char *value = wd_cli_arguments_get (self, option);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : otherwise;
}
