/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What may follow on a command line, for the completions of shells: from the same tables that read
 * it, so that none of them can go out of date. Nothing is asked of a server. */

#include "cli/wd-cli-complete.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/wd-drift.h"
#include "model/wd-health-limits.h"
#include "model/wd-job-type.h"
#include "model/wd-words.h"

static const char *const booleans[] = { "true", "false", NULL };
static const char *const formats[] = { "csv", "jsonl", NULL };
static const char *const priorities[] = { "low", "normal", "high", NULL };
static const char *const ranges[] = { "1h", "24h", "7d", "30d", NULL };

typedef struct {
  const WdCliCommand *commands;
  const char *const *profiles;
  const char *lead;               /* what stands before a value in the same word: “--opt=” */
  const char *begin;              /* of the word that is looked for */
  GString *found;
} Search;

static void
offer (Search *self, const char *word, const char *description)
{
  if (g_str_has_prefix (word, self->begin))
    g_string_append_printf (self->found, "%s%s\t%s\n", self->lead, word,
                            description != NULL ? description : "");
}

static void
offer_words (Search *self, const char *const *words)
{
  for (; words != NULL && *words != NULL; words++)
    offer (self, *words, NULL);
}

static void
offer_types (Search *self, gboolean only_triggered)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    if (!only_triggered || types[i].can_dispatch)
      offer (self, types[i].name, wd_job_type_label (types[i].name));
}

static void
offer_remedies (Search *self)
{
  const char *word;

  for (guint remedy = 1; *(word = wd_drift_remedy_word (remedy)) != '\0'; remedy <<= 1)
    offer (self, word, NULL);
}

static void
offer_limits (Search *self)
{
  gsize n_limits;
  const WdHealthLimit *limits = wd_health_limits_get_all (&n_limits);

  for (gsize i = 0; i < n_limits; i++)
    {
      g_autofree char *word = g_strconcat (limits[i].name, "=", NULL);

      offer (self, word, wd_health_limit_label (&limits[i]));
    }
}

static void
offer_values (Search *self, const WdCliOption *option)
{
  static const struct {
    const char *option;
    const char *const *(*get) (void);
    const char *const *words;
  } values[] = {
    { "format", NULL, formats },
    { "priority", NULL, priorities },
    { "range", NULL, ranges },
    { "state", wd_queue_state_words, NULL },
    { "status", wd_job_status_words, NULL },
    { "trigger", wd_trigger_words, NULL },
  };

  if (option->kind == WD_CLI_BOOLEAN)
    offer_words (self, booleans);
  else if (strcmp (option->name, "profile") == 0)
    offer_words (self, self->profiles);
  else if (strcmp (option->name, "type") == 0)
    offer_types (self, FALSE);
  else if (strcmp (option->name, "set") == 0)
    offer_limits (self);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (strcmp (values[i].option, option->name) == 0)
      offer_words (self, values[i].get != NULL ? values[i].get () : values[i].words);
}

static const WdCliOption *
find_option (const WdCliCommand *command, const char *word)
{
  const WdCliOption *tables[1 + G_N_ELEMENTS (command->options)] = { wd_cli_global_options };
  gsize length = strcspn (word + 2, "=");

  for (gsize i = 0; command != NULL && i < G_N_ELEMENTS (command->options); i++)
    tables[i + 1] = command->options[i];
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const WdCliOption *option = tables[i]; option != NULL && option->name != NULL; option++)
      if (strlen (option->name) == length && strncmp (option->name, word + 2, length) == 0)
        return option;
  return NULL;
}

static void
offer_options (Search *self, const WdCliOption *options)
{
  for (; options != NULL && options->name != NULL; options++)
    {
      g_autofree char *word = g_strconcat ("--", options->name, NULL);

      offer (self, word, _(options->help));
    }
}

/* The next word of the commands that begin like this: a group is offered once. */
static void
offer_commands (Search *self, const char *words)
{
  g_autoptr (GHashTable) offered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize length = strlen (words);

  for (const WdCliCommand *command = self->commands; command->name != NULL; command++)
    {
      const char *rest = command->name + length;
      g_autofree char *word = NULL;

      if (!g_str_has_prefix (command->name, words) || (length > 0 && *rest++ != ' '))
        continue;
      word = g_strndup (rest, strcspn (rest, " "));
      if (g_hash_table_contains (offered, word))
        continue;
      offer (self, word, strchr (rest, ' ') == NULL ? _(command->summary) : NULL);
      g_hash_table_add (offered, g_steal_pointer (&word));
    }
}

static const WdCliCommand *
find_command (const WdCliCommand *commands, const char *words)
{
  for (; commands->name != NULL; commands++)
    if (strcmp (commands->name, words) == 0)
      return commands;
  return NULL;
}

/**
 * wd_cli_complete:
 * @commands: the table of commands
 * @words: (array zero-terminated=1): the command line without the program's name; the last word is
 *   the one that is being typed, and may be empty
 * @profiles: (nullable) (array zero-terminated=1): names of saved connections
 *
 * Returns: (transfer full): a line for each word that may stand there, with a tab and what it means
 */
char *
wd_cli_complete (const WdCliCommand *commands, const char *const *words,
                 const char *const *profiles)
{
  Search search = { commands, profiles, "", "", g_string_new (NULL) };
  g_autoptr (GString) name = g_string_new (NULL);
  const WdCliCommand *command = NULL;
  const WdCliOption *open = NULL;
  guint n_operands = 0;
  g_autofree char *lead = NULL;

  for (; words[0] != NULL && words[1] != NULL; words++)
    if (open != NULL)
      open = NULL;
    else if (g_str_has_prefix (*words, "--"))
      {
        open = find_option (command, *words);
        if (open != NULL && (open->kind == WD_CLI_FLAG || strchr (*words, '=') != NULL))
          open = NULL;
      }
    else
      {
        g_autofree char *longer = g_strconcat (name->str, name->len > 0 ? " " : "", *words, NULL);

        if (n_operands == 0 && (command == NULL || find_command (commands, longer) != NULL))
          g_string_assign (name, longer);
        else
          n_operands++;
        command = find_command (commands, name->str);
      }

  search.begin = words[0] != NULL ? words[0] : "";
  if (open == NULL && g_str_has_prefix (search.begin, "--") && strchr (search.begin, '=') != NULL)
    {
      open = find_option (command, search.begin);
      lead = g_strndup (search.begin, strcspn (search.begin, "=") + 1);
      search.lead = lead;
      search.begin += strlen (lead);
    }
  if (open != NULL)
    offer_values (&search, open);
  else if (g_str_has_prefix (search.begin, "-"))
    {
      for (gsize i = 0; command != NULL && i < G_N_ELEMENTS (command->options); i++)
        offer_options (&search, command->options[i]);
      offer_options (&search, wd_cli_global_options);
    }
  else
    {
      if (n_operands == 0)
        offer_commands (&search, name->str);
      if (command != NULL && n_operands == 0 && g_str_has_suffix (command->name, "dispatch"))
        offer_types (&search, TRUE);
      else if (command != NULL && n_operands == 0 && strcmp (command->name, "drift fix") == 0)
        offer_remedies (&search);
    }
  return g_string_free (search.found, FALSE);
}
