/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes JSON text. json-glib builds trees whose numbers are doubles, so a job's data cannot pass
 * through it unchanged: `{"amount": 123456789.123456789123}` would come out as another amount.
 * Here text that is JSON already goes in verbatim. Everything read is still parsed by json-glib. */

#include "base/wd-json-writer.h"

#include <string.h>

struct _WdJsonWriter {
  GString *text;        /* (owned) */
  gboolean comma;       /* the next value of this container needs one before it */
};

/**
 * wd_json_writer_new:
 *
 * Returns: (transfer full): a writer with nothing written yet. One thread at a time.
 */
WdJsonWriter *
wd_json_writer_new (void)
{
  return wd_json_writer_new_sized (0);
}

/**
 * wd_json_writer_new_sized:
 * @size: about how many bytes it will write
 *
 * Returns: (transfer full): as wd_json_writer_new(), for a document that would grow many times
 */
WdJsonWriter *
wd_json_writer_new_sized (gsize size)
{
  WdJsonWriter *self = g_new0 (WdJsonWriter, 1);

  self->text = g_string_sized_new (size);
  return self;
}

/**
 * wd_json_writer_free:
 * @self: (transfer full): a writer
 */
void
wd_json_writer_free (WdJsonWriter *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * wd_json_writer_finish:
 * @self: (transfer full): a writer whose containers are all closed
 *
 * Returns: (transfer full): the document
 */
char *
wd_json_writer_finish (WdJsonWriter *self)
{
  char *text = g_string_free (g_steal_pointer (&self->text), FALSE);

  g_free (self);
  return text;
}

/**
 * wd_json_writer_finish_line:
 * @self: (transfer full): a writer whose containers are all closed
 *
 * Returns: (transfer full): the document with a line end
 */
char *
wd_json_writer_finish_line (WdJsonWriter *self)
{
  g_string_append_c (self->text, '\n');
  return wd_json_writer_finish (self);
}

static void
begin_value (WdJsonWriter *self)
{
  if (self->comma)
    g_string_append_c (self->text, ',');
  self->comma = TRUE;
}

static void
open_container (WdJsonWriter *self, char bracket)
{
  begin_value (self);
  g_string_append_c (self->text, bracket);
  self->comma = FALSE;
}

static void
close_container (WdJsonWriter *self, char bracket)
{
  g_string_append_c (self->text, bracket);
  self->comma = TRUE;
}

/**
 * wd_json_writer_begin_object:
 * @self: a writer where a value may stand
 *
 * Opens `{`. Members follow, each by wd_json_writer_name() and a value.
 */
void
wd_json_writer_begin_object (WdJsonWriter *self)
{
  open_container (self, '{');
}

/**
 * wd_json_writer_end_object:
 * @self: a writer in an object of which no member lacks its value
 *
 * Closes it with `}`.
 */
void
wd_json_writer_end_object (WdJsonWriter *self)
{
  close_container (self, '}');
}

/**
 * wd_json_writer_begin_array:
 * @self: a writer where a value may stand
 *
 * Opens `[`. Values follow.
 */
void
wd_json_writer_begin_array (WdJsonWriter *self)
{
  open_container (self, '[');
}

/**
 * wd_json_writer_end_array:
 * @self: a writer in an array
 *
 * Closes it with `]`.
 */
void
wd_json_writer_end_array (WdJsonWriter *self)
{
  close_container (self, ']');
}

/* Letters of ASCII that stand for themselves between quotes. */
static gboolean
is_plain (char letter)
{
  guchar c = (guchar) letter;

  return c >= 0x20 && c != '"' && c != '\\' && c < 0x7f;
}

static void
append_escaped (GString *text, const char *value)
{
  g_autofree char *mended = g_utf8_validate (value, -1, NULL) ? NULL
                                                              : g_utf8_make_valid (value, -1);
  const char *from = mended != NULL ? mended : value;

  for (const char *p = from;; p++)
    {
      guchar c = (guchar) *p;

      if (is_plain (*p) || c >= 0x80)
        continue;
      g_string_append_len (text, from, p - from);
      from = p + 1;
      if (c == '\0')
        break;
      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else
        g_string_append_printf (text, "\\u%04x", c);
    }
}

/* Most texts are as they should be: they are taken over at once, and so is what lies between two
 * escapes. */
static void
append_quoted (GString *text, const char *value)
{
  const char *p = value;

  while (is_plain (*p))
    p++;
  g_string_append_c (text, '"');
  if (*p == '\0')
    g_string_append_len (text, value, p - value);
  else
    append_escaped (text, value);
  g_string_append_c (text, '"');
}

/**
 * wd_json_writer_name:
 * @self: a writer inside an object
 * @name: of the member whose value is written next
 */
void
wd_json_writer_name (WdJsonWriter *self, const char *name)
{
  begin_value (self);
  append_quoted (self->text, name);
  g_string_append_c (self->text, ':');
  self->comma = FALSE;
}

/**
 * wd_json_writer_string:
 * @self: a writer
 * @value: (nullable): text; bytes that are no UTF-8 become �; %NULL is written as null
 */
void
wd_json_writer_string (WdJsonWriter *self, const char *value)
{
  if (value == NULL)
    {
      wd_json_writer_null (self);
      return;
    }
  begin_value (self);
  append_quoted (self->text, value);
}

/**
 * wd_json_writer_int:
 * @self: a writer where a value may stand
 * @value: written with all its digits, also beyond 2^53
 */
void
wd_json_writer_int (WdJsonWriter *self, gint64 value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 left = value < 0 ? -(guint64) value : (guint64) value;

  begin_value (self);
  do
    *--p = (char) ('0' + left % 10);
  while ((left /= 10) > 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (self->text, p, digits + sizeof digits - p);
}

/**
 * wd_json_writer_boolean:
 * @self: a writer where a value may stand
 * @value: `true` or `false`
 */
void
wd_json_writer_boolean (WdJsonWriter *self, gboolean value)
{
  begin_value (self);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * wd_json_writer_null:
 * @self: a writer where a value may stand
 */
void
wd_json_writer_null (WdJsonWriter *self)
{
  begin_value (self);
  g_string_append (self->text, "null");
}

/**
 * wd_json_writer_raw:
 * @self: a writer
 * @json: (nullable): one JSON value as text, taken over as it is; %NULL is written as null
 */
void
wd_json_writer_raw (WdJsonWriter *self, const char *json)
{
  begin_value (self);
  g_string_append (self->text, json != NULL ? json : "null");
}

/**
 * wd_json_writer_string_member:
 * @self: a writer in an object
 * @name: of the member
 * @value: (nullable): as of wd_json_writer_string()
 */
void
wd_json_writer_string_member (WdJsonWriter *self, const char *name, const char *value)
{
  wd_json_writer_name (self, name);
  wd_json_writer_string (self, value);
}

/**
 * wd_json_writer_int_member:
 * @self: a writer in an object
 * @name: of the member
 * @value: as of wd_json_writer_int()
 */
void
wd_json_writer_int_member (WdJsonWriter *self, const char *name, gint64 value)
{
  wd_json_writer_name (self, name);
  wd_json_writer_int (self, value);
}

/**
 * wd_json_writer_boolean_member:
 * @self: a writer in an object
 * @name: of the member
 * @value: as of wd_json_writer_boolean()
 */
void
wd_json_writer_boolean_member (WdJsonWriter *self, const char *name, gboolean value)
{
  wd_json_writer_name (self, name);
  wd_json_writer_boolean (self, value);
}
