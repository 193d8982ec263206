/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can stand where the cursor is: a qualifier, or one of its values. */

#include "model/wd-filter-complete.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/wd-job-type.h"
#include "model/wd-words.h"

/* So many letters of a word find it also without its qualifier. */
#define MIN_LETTERS 2

typedef struct {
  const WdFilterField *fields;
  gsize n_fields;
  const WdFilterWords *known; /* (nullable) */
  const char *prefix;         /* of the piece, up to the cursor; not terminated there */
  gsize length;               /* of @prefix */
  GPtrArray *choices;
} Completion;

static void
free_choice (WdFilterChoice *choice)
{
  g_free (choice->text);
  g_free (choice->help);
  g_free (choice);
}

/* Takes @text. */
static void
add (Completion *self, char *text, const char *help)
{
  WdFilterChoice *choice = g_new0 (WdFilterChoice, 1);

  choice->text = text;
  choice->help = g_strdup (help);
  g_ptr_array_add (self->choices, choice);
}

static gboolean
begins (const Completion *self, const char *word)
{
  return g_ascii_strncasecmp (word, self->prefix, self->length) == 0;
}

static const char *const *
words_of (const Completion *self, const WdFilterField *field)
{
  if (field->words != NULL)
    return field->words ();
  if (self->known != NULL && field->name != NULL && g_str_equal (self->known->name, field->name))
    return self->known->words;
  return NULL;
}

/* A word as the rest of the window calls it. */
static const char *
label_of (const WdFilterField *field, const char *word)
{
  if (g_str_equal (field->name, "status"))
    return wd_job_status_label (word);
  if (g_str_equal (field->name, "type"))
    return wd_job_type_label (word);
  return g_str_equal (field->name, "trigger") ? wd_trigger_label (word) : _(field->help);
}

static void
add_words (Completion *self, const WdFilterField *field, const char *before)
{
  const char *const *words = words_of (self, field);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (begins (self, words[i]))
      {
        GString *text = g_string_new (before);

        wd_filter_append_value (text, words[i]);
        g_string_append_c (text, ' ');
        add (self, g_string_free (text, FALSE), label_of (field, words[i]));
      }
}

static void
add_examples (Completion *self, const WdFilterField *field)
{
  static const struct {
    WdFilterKind kind;
    const char *text;
    const char *help;
  } examples[] = {
    { WD_FILTER_TIME, ">-1h ", N_("In the last hour") },
    { WD_FILTER_TIME, ">-24h ", N_("In the last 24 hours") },
    { WD_FILTER_TIME, ">-7d ", N_("In the last 7 days") },
    { WD_FILTER_TIME, ">=", N_("Since a day or minute, such as 2026-11-23T14:00") },
    { WD_FILTER_TIME, "<", N_("Before a day or minute") },
    { WD_FILTER_COUNT, "0 ", N_("Never") },
    { WD_FILTER_COUNT, ">=1 ", N_("Once or more often") },
    { WD_FILTER_COUNT, ">=3 ", N_("Three times or more often") },
    { WD_FILTER_AMOUNT, ">0 ", N_("Anything at all") },
    { WD_FILTER_AMOUNT, ">", N_("More than an amount") },
    { WD_FILTER_AMOUNT, "<", N_("Less than an amount") },
    { WD_FILTER_FLAG, "yes ", N_("Needs it") },
    { WD_FILTER_FLAG, "no ", N_("Does not need it") },
    { WD_FILTER_DATA, ">", N_("More than a number") },
    { WD_FILTER_DATA, "<", N_("Less than a number") },
    { WD_FILTER_DATA, "~", N_("Contains a text") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    if (examples[i].kind == field->kind && begins (self, examples[i].text)
        && strlen (examples[i].text) > self->length)
      add (self, g_strdup (examples[i].text), _(examples[i].help));
}

static void
add_names (Completion *self, gboolean negated)
{
  for (gsize i = 0; i < self->n_fields; i++)
    {
      const WdFilterField *field = &self->fields[i];
      const char *end = field->kind == WD_FILTER_DATA ? "." : ":";

      if (field->name != NULL && begins (self, field->name)
          && (!negated || field->kind == WD_FILTER_WORDS))
        add (self, g_strconcat (field->name, end, NULL), _(field->help));
    }
  for (gsize i = 0; self->length >= MIN_LETTERS && i < self->n_fields; i++)
    if (self->fields[i].kind == WD_FILTER_WORDS)
      {
        g_autofree char *before = g_strconcat (self->fields[i].name, ":", NULL);

        add_words (self, &self->fields[i], before);
      }
}

/* Where the term begins in which the cursor stands; FALSE within quotes. */
static gboolean
find_term (const char *text, gsize cursor, gsize *start)
{
  gboolean quoted = FALSE;

  *start = 0;
  for (gsize i = 0; i < cursor && text[i] != '\0'; i++)
    if (quoted && text[i] == '\\' && i + 1 < cursor)
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && g_ascii_isspace (text[i]))
      *start = i + 1;
  return !quoted;
}

static void
add_values (Completion *self, const char *name, gsize length)
{
  for (gsize i = 0; i < self->n_fields; i++)
    {
      const WdFilterField *field = &self->fields[i];
      gsize n = field->name != NULL ? strlen (field->name) : 0;

      if (n == 0 || g_ascii_strncasecmp (field->name, name, n) != 0
          || (length != n && (field->kind != WD_FILTER_DATA || name[n] != '.')))
        continue;
      if (field->kind == WD_FILTER_WORDS)
        add_words (self, field, "");
      else
        add_examples (self, field);
    }
}

/**
 * wd_filter_complete:
 * @fields: (array length=n_fields): what a line may ask for
 * @n_fields: how many
 * @known: (nullable): values that only the database knows
 * @text: the line so far
 * @cursor: the byte before which the cursor stands
 * @piece: (out): what a choice replaces
 *
 * Returns: (transfer full) (element-type WdFilterChoice): what may stand there, the likeliest
 *   first; often nothing
 */
GPtrArray *
wd_filter_complete (const WdFilterField *fields, gsize n_fields, const WdFilterWords *known,
                    const char *text, gsize cursor, WdTextSpan *piece)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) free_choice);
  Completion self = { fields, n_fields, known, NULL, 0, choices };
  const char *colon, *term;
  gboolean negated;
  gsize start;

  g_return_val_if_fail (fields != NULL && text != NULL && piece != NULL, NULL);
  g_return_val_if_fail (cursor <= strlen (text), NULL);

  *piece = (WdTextSpan) { cursor, cursor };
  if (!find_term (text, cursor, &start))
    return g_steal_pointer (&choices);
  negated = text[start] == '-' && start < cursor;
  start += negated;
  term = text + start;
  colon = memchr (term, ':', cursor - start);
  if (colon != NULL)
    for (gsize i = start; i < cursor; i++)
      if ((text[i] == ':' && text + i == colon) || text[i] == ',')
        start = i + 1;
  piece->start = start;
  piece->end = start + strcspn (text + start, " \t,\"");
  piece->end = MAX (piece->end, cursor);
  self.prefix = text + start;
  self.length = cursor - start;
  if (colon != NULL)
    add_values (&self, term, colon - term);
  else
    add_names (&self, negated);
  return g_steal_pointer (&choices);
}
