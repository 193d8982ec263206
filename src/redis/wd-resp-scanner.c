/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* hiredis trusts what a server announces: 0.14 reserves 8 GB for the eleven bytes "*1000000000".
 * So every byte passes this scanner first. It knows just enough of the protocol (RESP 2, the one
 * we speak) to follow lengths and nesting, and stops before the reader sees what is too much or
 * malformed. It also knows where the last answer ends: bytes after that belong to no question. */

#include "redis/wd-resp-scanner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

#define BULK_MAX ((gsize) 64 << 20)
#define ELEMENTS_MAX ((gsize) 1000000)
#define TOTAL_MAX ((gsize) 256 << 20)
#define LINE_MAX_SIZE ((gsize) 64 << 10)
/* A redisReply and its place in the array, rounded up. */
#define ELEMENT_COST 80

/**
 * wd_resp_scanner_init:
 * @self: an uninitialised scanner
 * @n_replies: how many answers are awaited
 *
 * Limits: 64 MB for a string, 1,000,000 elements for an array, 8 arrays in one another, and about
 * 256 MB for the whole round trip.
 */
void
wd_resp_scanner_init (WdRespScanner *self, gsize n_replies)
{
  memset (self, 0, sizeof *self);
  self->bulk_max = BULK_MAX;
  self->elements_max = ELEMENTS_MAX;
  self->total_max = TOTAL_MAX;
  self->left[0] = n_replies;
}

/**
 * wd_resp_scanner_is_done:
 * @self: a scanner
 *
 * Returns: whether all answers awaited were seen to their end
 */
gboolean
wd_resp_scanner_is_done (const WdRespScanner *self)
{
  return self->depth == 0 && self->left[0] == 0;
}

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL, reason);
  return FALSE;
}

static gboolean
charge (WdRespScanner *self, gsize amount, GError **error)
{
  if (amount > self->total_max - self->total)
    return refuse (error, _("The answer is larger than allowed"));
  self->total += amount;
  return TRUE;
}

static void
element_ended (WdRespScanner *self)
{
  self->left[self->depth]--;
  while (self->depth > 0 && self->left[self->depth] == 0)
    {
      self->depth--;
      self->left[self->depth]--;
    }
}

/* Reads the number of a line: digits, for an integer with a sign, for a length or -1. */
static gboolean
read_number (const WdRespScanner *self, gint64 *value)
{
  gsize size = self->line_size - 2; /* without its end of line */
  char text[sizeof self->line + 1];

  if (size == 0 || size > sizeof self->line)
    return FALSE;
  memcpy (text, self->line, size);
  text[size] = '\0';
  if (strlen (text) != size)
    return FALSE;
  return g_ascii_string_to_signed (text, 10, self->type == ':' ? G_MININT64 : -1, G_MAXINT64, value,
                                   NULL);
}

static gboolean
begin_bulk (WdRespScanner *self, gint64 length, GError **error)
{
  if (length > (gint64) self->bulk_max)
    return refuse (error, _("The answer holds a string that is longer than allowed"));
  if (length < 0)
    element_ended (self);
  else
    self->body_left = (gsize) length + 2;
  return TRUE;
}

static gboolean
begin_array (WdRespScanner *self, gint64 length, GError **error)
{
  if (length > (gint64) self->elements_max)
    return refuse (error, _("The answer holds a list that is longer than allowed"));
  if (length <= 0)
    {
      element_ended (self);
      return TRUE;
    }
  if (self->depth == WD_RESP_DEPTH_MAX)
    return refuse (error, _("The answer is nested more deeply than allowed"));
  self->left[++self->depth] = (guint64) length;
  return charge (self, (gsize) length * ELEMENT_COST, error);
}

static gboolean
line_ended (WdRespScanner *self, GError **error)
{
  gint64 value = 0;

  if (self->type != '+' && self->type != '-' && !read_number (self, &value))
    return refuse (error, _("The answer is not what Redis would say"));
  if (self->type == '$')
    return begin_bulk (self, value, error);
  if (self->type == '*')
    return begin_array (self, value, error);
  element_ended (self);
  return TRUE;
}

static gboolean
take_line_byte (WdRespScanner *self, char c, GError **error)
{
  gboolean ok = TRUE;

  if (self->type == 0)
    {
      if (strchr ("+-:$*", c) == NULL || c == '\0')
        return refuse (error, _("The answer is not what Redis would say"));
      self->type = c;
      self->line_size = 0;
      self->last = 0;
      return TRUE;
    }
  if (self->line_size < sizeof self->line)
    self->line[self->line_size] = c;
  if (++self->line_size > LINE_MAX_SIZE)
    return refuse (error, _("The answer holds a line that is longer than allowed"));
  /* hiredis 1 refuses half an end of line, 0.14 takes it for text. */
  if ((self->last == '\r') != (c == '\n'))
    return refuse (error, _("The answer is not what Redis would say"));
  if (c == '\n')
    {
      ok = line_ended (self, error);
      self->type = 0;
    }
  self->last = c;
  return ok;
}

/* Returns how many bytes of @data belong to the string being read, 0 when it is malformed. */
static gsize
take_body (WdRespScanner *self, const char *data, gsize length)
{
  gsize n = MIN (length, self->body_left);

  for (gsize left = MIN (n, 2); left > 0; left--)
    {
      gsize position = self->body_left - (n - left); /* counted from the end of the body */

      if (position <= 2 && data[n - left] != (position == 2 ? '\r' : '\n'))
        return 0;
    }
  self->body_left -= n;
  if (self->body_left == 0)
    element_ended (self);
  return n;
}

/**
 * wd_resp_scanner_feed:
 * @self: a scanner
 * @data: (array length=length): what was read
 * @length: its size
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: whether @data may be given to the reader; after %FALSE the connection is of no use
 */
gboolean
wd_resp_scanner_feed (WdRespScanner *self, const char *data, gsize length, GError **error)
{
  gsize i = 0;

  if (!charge (self, length, error))
    return FALSE;
  while (i < length)
    {
      gsize taken = 1;

      if (wd_resp_scanner_is_done (self))
        return refuse (error, _("Redis sent more answers than it was asked for"));
      if (self->body_left > 0)
        taken = take_body (self, data + i, length - i);
      else if (!take_line_byte (self, data[i], error))
        return FALSE;
      if (taken == 0)
        return refuse (error, _("The answer is not what Redis would say"));
      i += taken;
    }
  return TRUE;
}
