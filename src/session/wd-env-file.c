/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a `.env` as the web project's own tools (dotenv, dotenv-expand) do: `export`, comments,
 * three kinds of quotes over several lines, the last of two assignments, and `${NAME}` for what
 * the file itself sets. What a name that is not set stands for is left as it is: it is more likely
 * a password with a dollar sign than a reference. */

#include "session/wd-env-file.h"

#include <string.h>

/* References to references end somewhere, also in a file made to go on for ever. */
#define DEPTH_MAX      8
#define REFERENCES_MAX 4096
#define VALUE_MAX      (64 * 1024)

typedef struct {
  const char *p;
  const char *end;
} Reader;

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.' || c == '-';
}

static void
skip_blanks (Reader *reader)
{
  while (reader->p < reader->end && (*reader->p == ' ' || *reader->p == '\t'))
    reader->p++;
}

static void
skip_line (Reader *reader)
{
  while (reader->p < reader->end && *reader->p != '\n')
    reader->p++;
}

static char *
read_name (Reader *reader)
{
  const char *start;

  skip_blanks (reader);
  if (reader->end - reader->p > 7 && strncmp (reader->p, "export", 6) == 0
      && (reader->p[6] == ' ' || reader->p[6] == '\t'))
    {
      reader->p += 7;
      skip_blanks (reader);
    }
  start = reader->p;
  while (reader->p < reader->end && is_name_char (*reader->p))
    reader->p++;
  return reader->p > start ? g_strndup (start, reader->p - start) : NULL;
}

/* Up to the same quotation mark, over lines; NULL when it is never closed. */
static char *
read_quoted (Reader *reader)
{
  char quote = *reader->p;
  g_autoptr (GString) value = g_string_new (NULL);

  for (const char *p = reader->p + 1; p < reader->end; p++)
    {
      if (*p == quote)
        {
          reader->p = p + 1;
          return g_string_free (g_steal_pointer (&value), FALSE);
        }
      if (*p == '\\' && quote == '"' && p + 1 < reader->end)
        {
          p++;
          if (*p == 'n' || *p == 'r')
            g_string_append_c (value, *p == 'n' ? '\n' : '\r');
          else if (*p == '"' || *p == '\\')
            g_string_append_c (value, *p);
          else
            g_string_append_printf (value, "\\%c", *p);
        }
      else
        g_string_append_c (value, *p);
    }
  return NULL;
}

/* To the end of the line, or to a comment. */
static char *
read_bare (Reader *reader)
{
  const char *start = reader->p;
  const char *end;

  skip_line (reader);
  for (end = start; end < reader->p; end++)
    if (*end == '#' && (end == start || end[-1] == ' ' || end[-1] == '\t'))
      break;
  return g_strstrip (g_strndup (start, end - start));
}

static gboolean
read_assignment (WdEnvFile *self, Reader *reader)
{
  g_autofree char *name = read_name (reader);
  char *value = NULL;

  skip_blanks (reader);
  if (name == NULL || reader->p >= reader->end || (*reader->p != '=' && *reader->p != ':'))
    return FALSE;
  reader->p++;
  skip_blanks (reader);
  if (reader->p < reader->end && strchr ("\"'`", *reader->p) != NULL && *reader->p != '\0')
    value = read_quoted (reader);
  if (value == NULL)
    value = read_bare (reader);
  if (!g_utf8_validate (value, -1, NULL))
    {
      g_free (value);
      return FALSE;
    }
  if (!g_hash_table_contains (self->values, name))
    g_ptr_array_add (self->names, g_strdup (name));
  g_hash_table_replace (self->values, g_steal_pointer (&name), value);
  return TRUE;
}

/* (transfer none) (nullable): the value that the reference at @p stands for, and its length */
static const char *
find_reference (WdEnvFile *self, const char *p, gsize *length)
{
  gboolean braces = p[1] == '{';
  const char *start = p + 1 + braces;
  const char *end = start;
  g_autofree char *name = NULL;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  if (end == start || (braces && *end != '}'))
    return NULL;
  name = g_strndup (start, end - start);
  *length = (gsize) (end - p) + braces;
  return g_hash_table_lookup (self->values, name);
}

static char *
expand (WdEnvFile *self, const char *value, guint depth, guint *n_references)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      const char *found = NULL;
      gsize length = 0;

      if (*p == '\\' && p[1] == '$')
        {
          g_string_append_c (text, *++p);
          continue;
        }
      if (*p == '$' && depth < DEPTH_MAX && text->len < VALUE_MAX
          && *n_references < REFERENCES_MAX)
        found = find_reference (self, p, &length);
      if (found != NULL)
        {
          g_autofree char *inner = NULL;

          (*n_references)++;
          inner = expand (self, found, depth + 1, n_references);

          g_string_append (text, inner);
          p += length - 1;
        }
      else
        g_string_append_c (text, *p);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
expand_all (WdEnvFile *self)
{
  g_autoptr (GPtrArray) expanded = g_ptr_array_new_with_free_func (g_free);
  guint n_references = 0;

  for (guint i = 0; i < self->names->len; i++)
    {
      const char *value = wd_env_file_get (self, self->names->pdata[i]);

      g_ptr_array_add (expanded, expand (self, value != NULL ? value : "", 0, &n_references));
    }
  for (guint i = 0; i < self->names->len; i++)
    g_hash_table_replace (self->values, g_strdup (self->names->pdata[i]),
                          g_strdup (expanded->pdata[i]));
}

/**
 * wd_env_file_parse:
 * @text: the file, not trusted
 * @length: of @text in bytes; -1 when it ends with a zero
 *
 * Returns: (transfer full): what it sets, possibly nothing
 */
WdEnvFile *
wd_env_file_parse (const char *text, gssize length)
{
  WdEnvFile *self = g_new0 (WdEnvFile, 1);
  Reader reader = { text, text + (length < 0 ? (gssize) strlen (text) : length) };

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (reader.end - reader.p >= 3 && memcmp (reader.p, "\xef\xbb\xbf", 3) == 0)
    reader.p += 3;
  while (reader.p < reader.end)
    {
      while (reader.p < reader.end && (g_ascii_isspace (*reader.p) || *reader.p == '\0'))
        reader.p++;
      if (reader.p == reader.end)
        break;
      if (*reader.p != '#' && !read_assignment (self, &reader))
        self->n_unread++;
      skip_line (&reader);
    }
  expand_all (self);
  return self;
}

/**
 * wd_env_file_free:
 * @self: (nullable) (transfer full): a file
 */
void
wd_env_file_free (WdEnvFile *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * wd_env_file_get:
 * @self: a file
 * @name: of a variable
 *
 * Returns: (transfer none) (nullable): its value; %NULL when it is not set or empty
 */
const char *
wd_env_file_get (const WdEnvFile *self, const char *name)
{
  const char *value = g_hash_table_lookup (self->values, name);

  return value != NULL && *value != '\0' ? value : NULL;
}
