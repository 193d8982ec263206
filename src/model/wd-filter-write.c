/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "model/wd-filter-field.h"
#include "model/wd-filter-text.h"
#include "model/wd-filter-time.h"

typedef struct {
  gconstpointer filter;
  GTimeZone *zone;
  GString *line;
} Writer;

#define GET(writer, type, field, i) G_STRUCT_MEMBER (type, (writer)->filter, (field)->offsets[i])

static GString *
begin (Writer *self, const WdFilterField *field, gboolean negated)
{
  if (self->line->len > 0)
    g_string_append_c (self->line, ' ');
  g_string_append_printf (self->line, "%s%s:", negated ? "-" : "", field->name);
  return self->line;
}

static gboolean
is_known (const WdFilterField *field, const char *word)
{
  return field->words == NULL || g_strv_contains (field->words (), word);
}

static void
write_words (Writer *self, const WdFilterField *field, char **words, gboolean negated)
{
  if (words == NULL || *words == NULL)
    return;
  begin (self, field, negated);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (self->line, ',');
      if (is_known (field, words[i]))
        wd_filter_append_value (self->line, words[i]);
      else
        wd_filter_append_quoted (self->line, words[i]);
    }
}

static void
write_text (Writer *self, const WdFilterField *field, const char *text, gboolean negated)
{
  if (text != NULL && (*text != '\0' || field->kind != WD_FILTER_TEXT))
    wd_filter_append_value (begin (self, field, negated), text);
}

/* From @lower to @upper, each without its operator; takes both. */
static void
write_range (Writer *self, const WdFilterField *field, char *lower, const char *at_least,
             char *upper, const char *at_most)
{
  if (lower != NULL && upper != NULL && g_str_equal (at_least, ">=") && g_str_equal (at_most, "<=")
      && !g_str_has_suffix (lower, ".") && *upper != '.')
    {
      g_string_append (begin (self, field, FALSE), lower);
      if (!g_str_equal (lower, upper))
        g_string_append_printf (self->line, "..%s", upper);
    }
  else
    {
      if (lower != NULL)
        g_string_append_printf (begin (self, field, FALSE), "%s%s", at_least, lower);
      if (upper != NULL)
        g_string_append_printf (begin (self, field, FALSE), "%s%s", at_most, upper);
    }
  g_free (lower);
  g_free (upper);
}

static void
write_times (Writer *self, const WdFilterField *field)
{
  WdTime from = GET (self, WdTime, field, 0), to = GET (self, WdTime, field, 1);
  gint64 from_ago = GET (self, gint64, field, 2), to_ago = GET (self, gint64, field, 3);
  char *lower = from != WD_TIME_NONE ? wd_filter_time_write (from, from_ago, FALSE, self->zone)
                                     : NULL;
  char *upper = to != WD_TIME_NONE ? wd_filter_time_write (to, to_ago, TRUE, self->zone) : NULL;
  gboolean both = lower != NULL && upper != NULL;

  /* So long ago is a moment: after it, or at it, is all the same. A range of two that are one
   * would be read as that one alone. */
  if (both && (from_ago != 0 || to_ago != 0) && g_str_equal (lower, upper))
    both = FALSE;
  write_range (self, field, lower, both || from_ago == 0 ? ">=" : ">", upper,
               both || to_ago == 0 ? "<=" : "<");
}

static void
write_counts (Writer *self, const WdFilterField *field)
{
  int from = GET (self, int, field, 0), to = GET (self, int, field, 1);

  write_range (self, field, from >= 0 ? g_strdup_printf ("%d", from) : NULL, ">=",
               to >= 0 ? g_strdup_printf ("%d", to) : NULL, "<=");
}

static void
write_amounts (Writer *self, const WdFilterField *field)
{
  write_range (self, field, g_strdup (GET (self, char *, field, 0)),
               GET (self, gboolean, field, 2) ? ">" : ">=",
               g_strdup (GET (self, char *, field, 1)),
               GET (self, gboolean, field, 3) ? "<" : "<=");
}

static void
write_flag (Writer *self, const WdFilterField *field)
{
  WdTristate flag = GET (self, WdTristate, field, 0);

  if (flag != WD_TRISTATE_UNSET)
    g_string_append (begin (self, field, FALSE), flag == WD_TRISTATE_TRUE ? "yes" : "no");
}

static void
write_data (Writer *self, const WdFilterField *field)
{
  GPtrArray *tests = GET (self, GPtrArray *, field, 0);

  for (guint i = 0; tests != NULL && i < tests->len; i++)
    {
      const WdDataTest *test = tests->pdata[i];

      begin (self, field, FALSE);
      g_string_truncate (self->line, self->line->len - 1);
      wd_filter_append_path (self->line, test->path);
      g_string_append_printf (self->line, ":%s", wd_filter_op_text (test->op));
      wd_filter_append_value (self->line, test->value);
    }
}

/* Words go bare where they are read as the same text: neither qualifiers nor turned round, with
 * single spaces between them. */
static void
write_search (Writer *self, const WdFilterField *field)
{
  const char *text = GET (self, char *, field, 0);
  g_autofree char *line = NULL, *back = NULL;
  g_autoptr (GPtrArray) terms = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);

  if (text == NULL || *text == '\0')
    return;
  if (self->line->len > 0)
    g_string_append_c (self->line, ' ');
  terms = wd_filter_terms_read (text, NULL, NULL);
  for (guint i = 0; terms != NULL && i < terms->len; i++)
    {
      const WdFilterTerm *term = terms->pdata[i];
      const WdFilterValue *value = term->values->pdata[0];

      if (term->name != NULL || value->quoted)
        break;
      g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", value->text);
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      g_string_truncate (joined, 0);
  if (g_str_equal (joined->str, text))
    g_string_append (self->line, text);
  else
    wd_filter_append_quoted (self->line, text);
}

static char *
write_filter (gconstpointer filter, const WdFilterField *fields, gsize n_fields, GTimeZone *zone)
{
  Writer self = { filter, zone, g_string_new (NULL) };

  for (gsize i = 0; i < n_fields; i++)
    switch (fields[i].kind)
      {
      case WD_FILTER_WORDS:
        write_words (&self, &fields[i], GET (&self, char **, &fields[i], 0), FALSE);
        write_words (&self, &fields[i], GET (&self, char **, &fields[i], 1), TRUE);
        break;
      case WD_FILTER_TEXT:
      case WD_FILTER_EXACT:
      case WD_FILTER_UUID:
        write_text (&self, &fields[i], GET (&self, char *, &fields[i], 0), FALSE);
        if (fields[i].kind == WD_FILTER_TEXT && fields[i].offsets[1] != WD_FILTER_NOT_KEPT)
          write_text (&self, &fields[i], GET (&self, char *, &fields[i], 1), TRUE);
        break;
      case WD_FILTER_TIME:
        write_times (&self, &fields[i]);
        break;
      case WD_FILTER_COUNT:
        write_counts (&self, &fields[i]);
        break;
      case WD_FILTER_AMOUNT:
        write_amounts (&self, &fields[i]);
        break;
      case WD_FILTER_FLAG:
        write_flag (&self, &fields[i]);
        break;
      case WD_FILTER_DATA:
        write_data (&self, &fields[i]);
        break;
      case WD_FILTER_SEARCH:
        write_search (&self, &fields[i]);
        break;
      }
  return g_string_free (self.line, FALSE);
}

/**
 * wd_job_filter_to_text:
 * @self: a valid filter, its texts in UTF-8
 * @zone: the zone in which days are written
 *
 * Returns: (transfer full): the line that wd_job_filter_from_text() reads as an equal filter; ""
 *   for all jobs
 */
char *
wd_job_filter_to_text (const WdJobFilter *self, GTimeZone *zone)
{
  gsize n_fields;
  const WdFilterField *fields = wd_job_filter_fields (&n_fields);

  g_return_val_if_fail (self != NULL && zone != NULL, NULL);

  return write_filter (self, fields, n_fields, zone);
}

/**
 * wd_wallet_filter_to_text:
 * @self: a valid filter, its texts in UTF-8
 * @zone: the zone in which days are written
 *
 * Returns: (transfer full): the line that wd_wallet_filter_from_text() reads as an equal filter; ""
 *   for all wallets
 */
char *
wd_wallet_filter_to_text (const WdWalletFilter *self, GTimeZone *zone)
{
  gsize n_fields;
  const WdFilterField *fields = wd_wallet_filter_fields (&n_fields);

  g_return_val_if_fail (self != NULL && zone != NULL, NULL);

  return write_filter (self, fields, n_fields, zone);
}
