/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "model/wd-filter-reader-private.h"
#include "model/wd-filter-text.h"

static char *
join_names (const WdFilterReader *self)
{
  GString *names = g_string_new (NULL);

  for (gsize i = 0; i < self->n_fields; i++)
    if (self->fields[i].name != NULL)
      g_string_append_printf (names, "%s%s%s:", names->len > 0 ? ", " : "", self->fields[i].name,
                              self->fields[i].kind == WD_FILTER_DATA ? ".…" : "");
  return g_string_free (names, FALSE);
}

gboolean
wd_filter_fail_twice (const WdFilterReader *self, const WdFilterTerm *term)
{
  return WD_FAIL (self, term->span, _("%s: is there already"), term->name);
}

static gboolean
check_plain_op (const WdFilterReader *self, const WdFilterTerm *term)
{
  return term->op == WD_FILTER_OP_IS
         || WD_FAIL (self, term->span, _("%s: takes no “%s”, only a value"), term->name,
                  wd_filter_op_text (term->op));
}

gboolean
wd_filter_not_negated (const WdFilterReader *self, const WdFilterTerm *term)
{
  return !term->negated
         || WD_FAIL (self, term->span, _("%s: cannot be turned round with a minus"), term->name);
}

/* The only value of a term; %NULL where there are several. */
const WdFilterValue *
wd_filter_single (const WdFilterReader *self, const WdFilterTerm *term)
{
  const WdFilterValue *value = term->values->pdata[0];

  if (term->values->len > 1)
    WD_FAIL (self, term->span, _("%s: takes one value: put a text with a comma in quotes"),
          term->name);
  else if (*value->text == '\0' && !value->quoted)
    WD_FAIL (self, term->span, _("A value is missing right after %s:"), term->name);
  else
    return value;
  return NULL;
}

/* A word that is known in any case; any other only in quotes. */
static const char *
read_word (const WdFilterReader *self, const WdFilterField *field, const WdFilterTerm *term,
           const WdFilterValue *value)
{
  const char *const *words = field->words != NULL ? field->words () : NULL;
  g_autofree char *joined = NULL;

  if (value->quoted || (words == NULL && *value->text != '\0'))
    return value->text;
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], value->text) == 0)
      return words[i];
  joined = words != NULL ? g_strjoinv (", ", (char **) words) : NULL;
  if (*value->text == '\0' && joined == NULL)
    WD_FAIL (self, term->span, _("A value is missing right after %s: or a comma"), term->name);
  else if (*value->text == '\0')
    WD_FAIL (self, term->span, _("A value is missing: %s: takes %s"), term->name, joined);
  else
    WD_FAIL (self, value->span, _("%s: has no “%s”. It takes %s; another word in quotes"),
             term->name, value->text, joined);
  return NULL;
}

static gboolean
read_words (const WdFilterReader *self, const WdFilterField *field, const WdFilterTerm *term)
{
  char ***words = WD_AT (self, char **, field, term->negated ? 1 : 0);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!check_plain_op (self, term))
    return FALSE;
  if (*words != NULL)
    return WD_FAIL (self, term->span, _("%s: is there already: write several words with commas"),
                 term->name);
  for (guint i = 0; i < term->values->len; i++)
    {
      const char *word = read_word (self, field, term, term->values->pdata[i]);

      if (word == NULL)
        return FALSE;
      g_strv_builder_add (builder, word);
    }
  *words = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_text (const WdFilterReader *self, const WdFilterField *field, const WdFilterTerm *term)
{
  const WdFilterValue *value = wd_filter_single (self, term);
  gboolean is_uuid = field->kind == WD_FILTER_UUID;
  gboolean negated = term->negated && field->kind == WD_FILTER_TEXT
                     && field->offsets[1] != WD_FILTER_NOT_KEPT;
  char **text = WD_AT (self, char *, field, negated ? 1 : 0);

  if (value == NULL || !check_plain_op (self, term)
      || (!negated && !wd_filter_not_negated (self, term)))
    return FALSE;
  if (*text != NULL)
    return wd_filter_fail_twice (self, term);
  if (is_uuid && !g_uuid_string_is_valid (value->text))
    return WD_FAIL (self, value->span, _("“%s” is not a UUID such as %s"), value->text,
                 wd_filter_field_example (field));
  if (*value->text == '\0' && field->kind == WD_FILTER_TEXT)
    return WD_FAIL (self, term->span, _("There is nothing between the quotation marks"));
  *text = g_strdup (value->text);
  return TRUE;
}

static gboolean
set_flag (const WdFilterReader *self, const WdFilterField *field, const WdFilterTerm *term,
          gboolean set)
{
  WdTristate *flag = WD_AT (self, WdTristate, field, 0);

  if (*flag != WD_TRISTATE_UNSET)
    return wd_filter_fail_twice (self, term);
  *flag = set != term->negated ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
  return TRUE;
}

static gboolean
read_flag (const WdFilterReader *self, const WdFilterField *field, const WdFilterTerm *term)
{
  const WdFilterValue *value = wd_filter_single (self, term);
  static const char *const words[] = { "yes", "true", "no", "false" };

  if (value == NULL || !check_plain_op (self, term))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i], value->text) == 0)
      return set_flag (self, field, term, i < 2);
  return WD_FAIL (self, value->span, _("%s: is yes or no, not “%s”"), term->name, value->text);
}

/* needs:gas says what gas:yes does. */
static gboolean
read_needs (const WdFilterReader *self, const WdFilterTerm *term)
{
  const WdFilterValue *value = wd_filter_single (self, term);

  if (value == NULL || !check_plain_op (self, term))
    return FALSE;
  for (gsize i = 0; i < self->n_fields; i++)
    if (self->fields[i].kind == WD_FILTER_FLAG
        && g_ascii_strcasecmp (self->fields[i].name, value->text) == 0)
      return set_flag (self, &self->fields[i], term, TRUE);
  return WD_FAIL (self, value->span, _("needs: takes gas or consolidation, not “%s”"),
                  value->text);
}

/* Bare words are one text, with a space between them. */
static gboolean
read_bare (const WdFilterReader *self, const WdFilterTerm *term)
{
  const WdFilterValue *value = term->values->pdata[0];
  const WdFilterField *field = &self->fields[self->n_fields - 1];
  char **search = WD_AT (self, char *, field, 0);
  char *before = *search;

  g_assert (field->kind == WD_FILTER_SEARCH);
  if (*value->text == '\0')
    return WD_FAIL (self, term->span, _("There is nothing between the quotation marks"));
  *search = before != NULL ? g_strconcat (before, " ", value->text, NULL) : g_strdup (value->text);
  g_free (before);
  return TRUE;
}

static gboolean
read_field (const WdFilterReader *self, const WdFilterField *field, const WdFilterTerm *term)
{
  if (term->path != NULL && field->kind != WD_FILTER_DATA)
    return WD_FAIL (self, term->name_span, _("%s: has nothing within it"), field->name);
  switch (field->kind)
    {
    case WD_FILTER_WORDS:
      return read_words (self, field, term);
    case WD_FILTER_TEXT:
    case WD_FILTER_EXACT:
    case WD_FILTER_UUID:
      return read_text (self, field, term);
    case WD_FILTER_TIME:
      return wd_filter_read_times (self, field, term);
    case WD_FILTER_COUNT:
      return wd_filter_read_counts (self, field, term);
    case WD_FILTER_AMOUNT:
      return wd_filter_read_amounts (self, field, term);
    case WD_FILTER_FLAG:
      return read_flag (self, field, term);
    case WD_FILTER_DATA:
      return wd_filter_read_data (self, field, term);
    case WD_FILTER_SEARCH:
      break;
    }
  g_assert_not_reached ();
}

static gboolean
read_term (const WdFilterReader *self, const WdFilterTerm *term)
{
  g_autofree char *names = NULL;
  gboolean has_flags = FALSE;

  if (term->name == NULL)
    return read_bare (self, term);
  for (gsize i = 0; i < self->n_fields; i++)
    {
      const WdFilterField *field = &self->fields[i];

      has_flags |= field->kind == WD_FILTER_FLAG;
      if (field->name != NULL && g_ascii_strcasecmp (field->name, term->name) == 0)
        return read_field (self, field, term);
    }
  if (has_flags && term->path == NULL && g_ascii_strcasecmp ("needs", term->name) == 0)
    return read_needs (self, term);
  names = join_names (self);
  return WD_FAIL (self, term->name_span,
                  _("There is no “%s:” here, but %s. A text with a colon stands in quotes"),
                  term->name, names);
}

static gboolean
read_line (WdFilterReader *self, const char *text)
{
  g_autoptr (GPtrArray) terms = wd_filter_terms_read (text, self->span, self->error);

  for (guint i = 0; terms != NULL && i < terms->len; i++)
    if (!read_term (self, terms->pdata[i]))
      return FALSE;
  return terms != NULL;
}

/**
 * wd_job_filter_from_text:
 * @text: one line, such as `status:failed created:>-24h "out of energy"`
 * @zone: the zone of days and minutes
 * @now: what `-24h` counts from
 * @span: (out) (optional): on an error, the bytes that are wrong
 * @error: %WD_ERROR_INVALID_ARGUMENT, saying what is wrong there and what may stand there
 *
 * Returns: (transfer full): the filter
 */
WdJobFilter *
wd_job_filter_from_text (const char *text, GTimeZone *zone, WdTime now, WdTextSpan *span,
                         GError **error)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  WdFilterReader self = { filter, NULL, 0, zone, now, span, error };

  g_return_val_if_fail (text != NULL && zone != NULL, NULL);

  self.fields = wd_job_filter_fields (&self.n_fields);
  return read_line (&self, text) ? g_steal_pointer (&filter) : NULL;
}

/**
 * wd_wallet_filter_from_text:
 * @text: one line, such as `network:tron balance:>0.5 needs:gas`
 * @zone: the zone of days and minutes
 * @now: what `-24h` counts from
 * @span: (out) (optional): on an error, the bytes that are wrong
 * @error: %WD_ERROR_INVALID_ARGUMENT, saying what is wrong there and what may stand there
 *
 * Returns: (transfer full): the filter
 */
WdWalletFilter *
wd_wallet_filter_from_text (const char *text, GTimeZone *zone, WdTime now, WdTextSpan *span,
                            GError **error)
{
  g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();
  WdFilterReader self = { filter, NULL, 0, zone, now, span, error };

  g_return_val_if_fail (text != NULL && zone != NULL, NULL);

  self.fields = wd_wallet_filter_fields (&self.n_fields);
  return read_line (&self, text) ? g_steal_pointer (&filter) : NULL;
}
