/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts a line into terms, without knowing what a qualifier means:
 *
 *   line  = { space } [ term { space { space } term } { space } ]
 *   term  = [ "-" ] name ":" [ op ] value { "," value }  |  word  |  quoted
 *   name  = letter { letter | digit | "_" | "-" } { "." ( part | quoted ) }
 *   op    = "=" | ">" | ">=" | "<" | "<=" | "~"
 *   value = quoted | anything but space, comma and quotation mark
 *
 * In quotes a backslash stands before a quotation mark or another backslash, and \n, \r, \t and
 * \uXXXX are what they are in JSON, so that one line can say every text. */

#include "model/wd-filter-term.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

typedef struct {
  const char *text;
  const char *at;
  WdTextSpan *span; /* (nullable) */
  GError **error;
} Reader;

static const struct {
  const char *text;
  WdFilterOp op;
} ops[] = {
  { ">=", WD_FILTER_OP_AT_LEAST }, { "<=", WD_FILTER_OP_AT_MOST }, { ">", WD_FILTER_OP_ABOVE },
  { "<", WD_FILTER_OP_BELOW },     { "~", WD_FILTER_OP_CONTAINS }, { "=", WD_FILTER_OP_IS },
};

static void
free_value (WdFilterValue *value)
{
  g_free (value->text);
  g_free (value);
}

/**
 * wd_filter_term_free:
 * @self: (transfer full): a term
 */
void
wd_filter_term_free (WdFilterTerm *self)
{
  g_free (self->name);
  g_strfreev (self->path);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

/**
 * wd_filter_fail:
 * @span: (out) (optional): gets @where
 * @where: the piece of the line that is wrong
 * @error: %WD_ERROR_INVALID_ARGUMENT
 * @format: what is wrong with it, and what may stand there
 * @...: for @format
 *
 * Returns: %FALSE
 */
gboolean
wd_filter_fail (WdTextSpan *span, WdTextSpan where, GError **error, const char *format, ...)
{
  va_list args;

  if (span != NULL)
    *span = where;
  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (WD_ERROR, WD_ERROR_INVALID_ARGUMENT, format, args);
  va_end (args);
  return FALSE;
}

static WdTextSpan
span_from (const Reader *reader, const char *start)
{
  return (WdTextSpan) { start - reader->text, reader->at - reader->text };
}

static gboolean
at_space (const char *p)
{
  return *p != '\0' && g_unichar_isspace (g_utf8_get_char (p));
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

/* The character of an escape; 0 for one that there is not. Moves past it. */
static gunichar
read_escape (const char **p)
{
  gunichar c = 0;

  switch (*(*p)++)
    {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
      for (guint i = 0; i < 4; i++, (*p)++)
        {
          if (!g_ascii_isxdigit (**p))
            return 0;
          c = c * 16 + g_ascii_xdigit_value (**p);
        }
      return g_unichar_validate (c) ? c : 0;
    default:
      (*p)--;
      return 0;
    }
}

static char *
read_quoted (Reader *reader)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *start = reader->at++, *escape;
  gunichar c;

  while (*reader->at != '"')
    {
      if (*reader->at == '\0')
        {
          wd_filter_fail (reader->span, span_from (reader, start), reader->error,
                          _("The quotation mark is not closed"));
          return NULL;
        }
      escape = reader->at;
      if (*reader->at == '\\')
        {
          reader->at++;
          c = read_escape (&reader->at);
          if (c == 0)
            {
              wd_filter_fail (reader->span, span_from (reader, escape), reader->error,
                              _("In quotes a backslash stands before \", \\, n, r, t or u and four "
                                "hexadecimal digits"));
              return NULL;
            }
          g_string_append_unichar (value, c);
          continue;
        }
      g_string_append_unichar (value, g_utf8_get_char (reader->at));
      reader->at = g_utf8_next_char (reader->at);
    }
  reader->at++;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

/* Up to the next space, or to the next comma where those part values. */
static char *
read_plain (Reader *reader, gboolean in_list)
{
  const char *start = reader->at;

  for (; *reader->at != '\0' && !at_space (reader->at) && (!in_list || *reader->at != ',');
       reader->at = g_utf8_next_char (reader->at))
    if (*reader->at == '"')
      {
        reader->at++;
        wd_filter_fail (reader->span, span_from (reader, reader->at - 1), reader->error,
                        _("A quotation mark stands inside a word: put all of it in quotes, and \\ "
                          "before a quotation mark in it"));
        return NULL;
      }
  return g_strndup (start, reader->at - start);
}

static gboolean
read_value (Reader *reader, WdFilterTerm *term, gboolean in_list)
{
  WdFilterValue *value = g_new0 (WdFilterValue, 1);
  const char *start = reader->at;

  g_ptr_array_add (term->values, value);
  value->quoted = *start == '"';
  value->text = value->quoted ? read_quoted (reader) : read_plain (reader, in_list);
  if (value->text == NULL)
    return FALSE;
  value->span = span_from (reader, start);
  if (value->quoted && *reader->at != '\0' && !at_space (reader->at)
      && !(in_list && *reader->at == ','))
    {
      start = reader->at;
      reader->at = g_utf8_next_char (reader->at);
      return wd_filter_fail (reader->span, span_from (reader, start), reader->error,
                             _("A space is missing after the quotation mark"));
    }
  return TRUE;
}

/* Moves past the name and its colon; a word without one is no name, and stays where it is. */
static gboolean
read_name (Reader *reader, WdFilterTerm *term)
{
  g_autoptr (GStrvBuilder) path = g_strv_builder_new ();
  const char *start = reader->at, *part;

  if (!g_ascii_isalpha (*start))
    return TRUE;
  while (is_name_char (*reader->at))
    reader->at++;
  term->name_span = span_from (reader, start);
  while (*reader->at == '.')
    {
      g_autofree char *key = NULL;

      part = ++reader->at;
      while (is_name_char (*reader->at))
        reader->at++;
      key = *part == '"' ? read_quoted (reader) : g_strndup (part, reader->at - part);
      if (key == NULL)
        return FALSE;
      g_strv_builder_add (path, key);
    }
  if (*reader->at != ':')
    {
      reader->at = start;
      return TRUE;
    }
  term->name = g_strndup (start, term->name_span.end - term->name_span.start);
  term->path = g_strv_builder_end (path);
  if (*term->path == NULL)
    g_clear_pointer (&term->path, g_strfreev);
  term->name_span = span_from (reader, start);
  reader->at++;
  return TRUE;
}

static void
read_op (Reader *reader, WdFilterTerm *term)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ops); i++)
    if (g_str_has_prefix (reader->at, ops[i].text))
      {
        term->op = ops[i].op;
        reader->at += strlen (ops[i].text);
        return;
      }
}

static gboolean
read_term (Reader *reader, WdFilterTerm *term)
{
  const char *start = reader->at;

  if (*reader->at == '-')
    {
      term->negated = TRUE;
      reader->at++;
    }
  if (!read_name (reader, term))
    return FALSE;
  if (term->name == NULL)
    {
      if (!read_value (reader, term, FALSE))
        return FALSE;
      term->span = span_from (reader, start);
      return !term->negated
             || wd_filter_fail (reader->span, term->span, reader->error,
                                _("A minus turns a qualifier round, as in -status:failed: put a "
                                  "text that begins with one in quotes"));
    }
  read_op (reader, term);
  for (gboolean more = TRUE; more; reader->at += more)
    {
      if (!read_value (reader, term, TRUE))
        return FALSE;
      more = *reader->at == ',';
    }
  term->span = span_from (reader, start);
  return TRUE;
}

/**
 * wd_filter_terms_read:
 * @text: one line
 * @span: (out) (optional): on an error, the piece that is wrong
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (element-type WdFilterTerm): its terms
 */
GPtrArray *
wd_filter_terms_read (const char *text, WdTextSpan *span, GError **error)
{
  g_autoptr (GPtrArray) terms = NULL;
  Reader reader = { text, text, span, error };
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, &end))
    {
      wd_filter_fail (span, (WdTextSpan) { end - text, end - text + 1 }, error,
                      _("This is not UTF-8 text"));
      return NULL;
    }
  terms = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_filter_term_free);
  while (TRUE)
    {
      WdFilterTerm *term;

      while (at_space (reader.at))
        reader.at = g_utf8_next_char (reader.at);
      if (*reader.at == '\0')
        return g_steal_pointer (&terms);
      term = g_new0 (WdFilterTerm, 1);
      term->values = g_ptr_array_new_with_free_func ((GDestroyNotify) free_value);
      g_ptr_array_add (terms, term);
      if (!read_term (&reader, term))
        return NULL;
    }
}

/**
 * wd_filter_op_text:
 * @op: an operator
 *
 * Returns: (transfer none): what is written for it
 */
const char *
wd_filter_op_text (WdFilterOp op)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ops); i++)
    if (ops[i].op == op && op != WD_FILTER_OP_IS)
      return ops[i].text;
  return "";
}

/**
 * wd_filter_append_quoted:
 * @line: where to write
 * @value: UTF-8
 *
 * Writes a text in quotes, so that it is read as it is.
 */
void
wd_filter_append_quoted (GString *line, const char *value)
{
  g_string_append_c (line, '"');
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (line, "\\%c", (char) c);
      else if (c == '\n')
        g_string_append (line, "\\n");
      else if (c < 0x10000 && (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029))
        g_string_append_printf (line, "\\u%04x", c);
      else
        g_string_append_unichar (line, c);
    }
  g_string_append_c (line, '"');
}

/**
 * wd_filter_append_value:
 * @line: where to write
 * @value: UTF-8
 *
 * Writes a value of a qualifier: in quotes where it has to be.
 */
void
wd_filter_append_value (GString *line, const char *value)
{
  gboolean plain = *value != '\0' && strchr ("<>=~", *value) == NULL
                   && strpbrk (value, "\",\\") == NULL && strstr (value, "..") == NULL;

  for (const char *p = value; plain && *p != '\0'; p = g_utf8_next_char (p))
    plain = !at_space (p) && !g_unichar_iscntrl (g_utf8_get_char (p));
  if (plain)
    g_string_append (line, value);
  else
    wd_filter_append_quoted (line, value);
}

/**
 * wd_filter_append_path:
 * @line: where to write
 * @path: (array zero-terminated=1): keys
 *
 * Writes each key after a dot.
 */
void
wd_filter_append_path (GString *line, char **path)
{
  for (; *path != NULL; path++)
    {
      const char *p = *path;

      g_string_append_c (line, '.');
      while (is_name_char (*p))
        p++;
      if (p > *path && *p == '\0')
        g_string_append (line, *path);
      else
        wd_filter_append_quoted (line, *path);
    }
}
