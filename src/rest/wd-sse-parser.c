/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The event stream format of HTML: lines that end with CR, LF or both, fields, comments, and an
 * empty line behind each event. How much of one is held is bounded; an event that the end cuts off
 * is none. */

#include "rest/wd-sse-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

struct _WdSseParser {
  WdSseFunc func;
  gpointer user_data;
  GString *line;        /* (owned): as far as it is there */
  GString *data;        /* (owned): of the event so far */
  char *name;           /* (owned) (nullable): likewise */
  char *id;             /* (owned) (nullable): likewise */
  char *last_id;        /* (owned) (nullable): of the last event that had one */
  gboolean after_cr;    /* a line feed that comes now ends no line */
  gboolean begun;       /* a line was read */
};

/**
 * wd_sse_parser_new:
 * @func: takes the events
 * @data: for @func
 *
 * Returns: (transfer full): a parser before the first byte
 */
WdSseParser *
wd_sse_parser_new (WdSseFunc func, gpointer data)
{
  WdSseParser *self = g_new0 (WdSseParser, 1);

  self->func = func;
  self->user_data = data;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  return self;
}

/**
 * wd_sse_parser_free:
 * @self: (transfer full): a parser
 */
void
wd_sse_parser_free (WdSseParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->name);
  g_free (self->id);
  g_free (self->last_id);
  g_free (self);
}

static void
forget_event (WdSseParser *self)
{
  g_string_truncate (self->data, 0);
  g_clear_pointer (&self->name, g_free);
}

/**
 * wd_sse_parser_begin:
 * @self: a parser
 *
 * What comes now is the beginning of another stream; the last id is kept.
 */
void
wd_sse_parser_begin (WdSseParser *self)
{
  forget_event (self);
  g_string_truncate (self->line, 0);
  g_free (self->id);
  self->id = g_strdup (self->last_id);
  self->after_cr = self->begun = FALSE;
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL,
                       _("What it tells of changes is too long"));
  return FALSE;
}

static gboolean
dispatch (WdSseParser *self, GError **error)
{
  gboolean wanted = TRUE;

  g_free (self->last_id);
  self->last_id = g_strdup (self->id);
  if (self->data->len > 0)
    {
      g_string_truncate (self->data, self->data->len - 1);
      wanted = self->func (self->name != NULL ? self->name : "message", self->data->str,
                           self->data->len, self->user_data, error);
    }
  forget_event (self);
  return wanted;
}

static gboolean
take_field (WdSseParser *self, const char *name, const char *value, gsize length, GError **error)
{
  if (strcmp (name, "data") == 0)
    {
      if (self->data->len + length + 1 > WD_SSE_DATA_MAX)
        return refuse (error);
      g_string_append_len (self->data, value, (gssize) length);
      g_string_append_c (self->data, '\n');
    }
  else if (strcmp (name, "event") == 0)
    {
      g_free (self->name);
      self->name = length > 0 ? g_strndup (value, length) : NULL;
    }
  else if (strcmp (name, "id") == 0 && memchr (value, '\0', length) == NULL)
    {
      g_free (self->id);
      self->id = length > 0 ? g_strndup (value, length) : NULL;
    }
  return TRUE;
}

/* Takes the line that is whole now. */
static gboolean
take_line (WdSseParser *self, GError **error)
{
  char *line = self->line->str;
  gsize length = self->line->len;
  char *colon, *value;
  gboolean taken;

  if (!self->begun && length >= 3 && memcmp (line, "\xef\xbb\xbf", 3) == 0)
    {
      line += 3;
      length -= 3;
    }
  self->begun = TRUE;
  if (length == 0)
    {
      g_string_truncate (self->line, 0);
      return dispatch (self, error);
    }
  colon = memchr (line, ':', length);
  value = colon != NULL ? colon + 1 : line + length;
  if (colon != NULL)
    *colon = '\0';
  if (value < line + length && *value == ' ')
    value++;
  /* One that begins with the colon has no name: a comment. */
  taken = take_field (self, line, value, (gsize) (line + length - value), error);
  g_string_truncate (self->line, 0);
  return taken;
}

/**
 * wd_sse_parser_feed:
 * @self: a parser
 * @bytes: what came
 * @length: how many
 * @error: %WD_ERROR_PROTOCOL for what is too long, or the function's
 *
 * Returns: whether more is wanted
 */
gboolean
wd_sse_parser_feed (WdSseParser *self, const guint8 *bytes, gsize length, GError **error)
{
  for (gsize i = 0; i < length; i++)
    {
      char byte = (char) bytes[i];
      gboolean is_rest = self->after_cr && byte == '\n';

      self->after_cr = byte == '\r';
      if (is_rest)
        continue;
      if (byte == '\r' || byte == '\n')
        {
          if (!take_line (self, error))
            return FALSE;
        }
      else if (self->line->len == WD_SSE_LINE_MAX)
        return refuse (error);
      else
        g_string_append_c (self->line, byte);
    }
  return TRUE;
}

/**
 * wd_sse_parser_get_last_id:
 * @self: a parser
 *
 * Returns: (transfer none) (nullable): of the last event, to go on behind it
 */
const char *
wd_sse_parser_get_last_id (WdSseParser *self)
{
  return self->last_id;
}
