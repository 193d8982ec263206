/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON as the text it is: where values begin and end. Numbers are never read as such, so that not
 * one digit can get lost. */

#include "base/wd-json-text.h"

#include <string.h>

#define MAX_DEPTH 512

/* Each checks what is at @p and returns what follows, or NULL. */
static const char *check_value (const char *p, guint depth);

/**
 * wd_json_text_skip_space:
 * @p: a place in a text
 *
 * Returns: the next place where there is no white space
 */
const char *
wd_json_text_skip_space (const char *p)
{
  /* By hand, as all here: strspn() is not bound to leave the rest of a long text unread. */
  while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
    p++;
  return p;
}

/**
 * wd_json_text_skip_word:
 * @p: where a number, true, false or null begins
 *
 * Returns: what follows it, as far as can be seen by the marks of JSON
 */
const char *
wd_json_text_skip_word (const char *p)
{
  while (*p != '\0' && strchr (" \t\r\n{}[],:\"", *p) == NULL)
    p++;
  return p;
}

static const char *
check_string (const char *p)
{
  if (*p++ != '"')
    return NULL;
  for (; *p != '"'; p++)
    {
      if ((guchar) *p < 0x20)
        return NULL;
      if (*p != '\\')
        continue;
      p++;
      if (*p == 'u')
        {
          for (int i = 1; i <= 4; i++)
            if (!g_ascii_isxdigit (p[i]))
              return NULL;
          p += 4;
        }
      else if (*p == '\0' || strchr ("\"\\/bfnrt", *p) == NULL)
        return NULL;
    }
  return p + 1;
}

static const char *
check_digits (const char *p)
{
  if (!g_ascii_isdigit (*p))
    return NULL;
  while (g_ascii_isdigit (*p))
    p++;
  return p;
}

static const char *
check_number (const char *p)
{
  if (*p == '-')
    p++;
  p = *p == '0' ? p + 1 : check_digits (p);
  if (p != NULL && *p == '.')
    p = check_digits (p + 1);
  if (p != NULL && (*p == 'e' || *p == 'E'))
    {
      p++;
      p = check_digits (*p == '+' || *p == '-' ? p + 1 : p);
    }
  return p;
}

static const char *
check_member (const char *p, gboolean is_object, guint depth)
{
  if (is_object)
    {
      p = check_string (p);
      if (p == NULL)
        return NULL;
      p = wd_json_text_skip_space (p);
      if (*p++ != ':')
        return NULL;
      p = wd_json_text_skip_space (p);
    }
  return check_value (p, depth);
}

static const char *
check_container (const char *p, guint depth)
{
  gboolean is_object = *p == '{';
  char end = is_object ? '}' : ']';

  if (depth == MAX_DEPTH)
    return NULL;
  p = wd_json_text_skip_space (p + 1);
  if (*p == end)
    return p + 1;
  for (;;)
    {
      p = check_member (p, is_object, depth + 1);
      if (p == NULL)
        return NULL;
      p = wd_json_text_skip_space (p);
      if (*p == end)
        return p + 1;
      if (*p++ != ',')
        return NULL;
      p = wd_json_text_skip_space (p);
    }
}

static const char *
check_value (const char *p, guint depth)
{
  static const char *const words[] = { "true", "false", "null" };

  switch (*p)
    {
    case '{':
    case '[':
      return check_container (p, depth);
    case '"':
      return check_string (p);
    default:
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_str_has_prefix (p, words[i]))
          return p + strlen (words[i]);
      return check_number (p);
    }
}

/**
 * wd_json_text_is_valid:
 * @json: text
 *
 * Returns: whether it is one JSON value, and no deeper than anybody could read
 */
gboolean
wd_json_text_is_valid (const char *json)
{
  const char *end;

  g_return_val_if_fail (json != NULL, FALSE);

  if (!g_utf8_validate (json, -1, NULL))
    return FALSE;
  end = check_value (wd_json_text_skip_space (json), 0);
  return end != NULL && *wd_json_text_skip_space (end) == '\0';
}

/* Of valid JSON. Returns: what follows the string at @p */
static const char *
skip_string (const char *p)
{
  for (p++; *p != '"'; p++)
    if (*p == '\\')
      p++;
  return p + 1;
}

/**
 * wd_json_text_skip_value:
 * @p: where a value begins in valid JSON
 *
 * Returns: what follows that value
 */
const char *
wd_json_text_skip_value (const char *p)
{
  guint depth = 0;

  do
    {
      p = wd_json_text_skip_space (p);
      if (*p == '"')
        p = skip_string (p);
      else if (*p == '{' || *p == '[')
        {
          depth++;
          p++;
        }
      else if (*p == '}' || *p == ']')
        {
          depth--;
          p++;
        }
      else if (*p == ',' || *p == ':')
        p++;
      else
        p = wd_json_text_skip_word (p);
    }
  while (depth > 0);
  return p;
}

static gunichar
read_hex (const char *p)
{
  gunichar value = 0;

  for (int i = 0; i < 4; i++)
    value = value << 4 | (gunichar) g_ascii_xdigit_value (p[i]);
  return value;
}

/* Reads \uXXXX at @p, and the second half of a pair; half a pair is no character. */
static const char *
decode_unicode (const char *p, GString *out)
{
  gunichar c = read_hex (p + 2);

  p += 6;
  if (c >= 0xd800 && c < 0xdc00 && p[0] == '\\' && p[1] == 'u')
    {
      gunichar low = read_hex (p + 2);

      if (low >= 0xdc00 && low < 0xe000)
        {
          g_string_append_unichar (out, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
          return p + 6;
        }
    }
  if (c == 0)
    c = 0x2400;
  g_string_append_unichar (out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
  return p;
}

/**
 * wd_json_text_decode:
 * @string: a valid JSON string with its quotes
 * @length: bytes of it
 *
 * Returns: (transfer full): what it says; a null character as its picture
 */
char *
wd_json_text_decode (const char *string, gsize length)
{
  static const char escapes[] = "bfnrt";
  static const char meanings[] = "\b\f\n\r\t";
  g_autoptr (GString) out = g_string_sized_new (length);
  const char *end = string + length - 1;

  for (const char *p = string + 1; p < end; )
    {
      const char *escape;

      if (*p != '\\')
        g_string_append_c (out, *p++);
      else if (p[1] == 'u')
        p = decode_unicode (p, out);
      else
        {
          escape = strchr (escapes, p[1]);
          g_string_append_c (out, escape != NULL ? meanings[escape - escapes] : p[1]);
          p += 2;
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
