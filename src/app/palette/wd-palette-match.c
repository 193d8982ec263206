/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/palette/wd-palette-match.h"

static gunichar
lower_at (const char *p)
{
  return g_unichar_tolower (g_utf8_get_char (p));
}

/* Returns: (nullable): where in @text what begins like @typed ends */
static const char *
match_here (const char *typed, const char *text)
{
  while (*typed != '\0' && *text != '\0' && lower_at (typed) == lower_at (text))
    {
      typed = g_utf8_next_char (typed);
      text = g_utf8_next_char (text);
    }
  return *typed == '\0' ? text : NULL;
}

static void
add_span (GArray *spans, const char *text, const char *start, const char *end)
{
  WdMatchSpan span = { (guint) (start - text), (guint) (end - text) };
  WdMatchSpan *last = NULL;

  if (spans == NULL || start == end)
    return;
  if (spans->len > 0)
    last = &g_array_index (spans, WdMatchSpan, spans->len - 1);
  if (last != NULL && last->end == span.start)
    last->end = span.end;
  else
    g_array_append_val (spans, span);
}

static WdMatchRank
match_whole (const char *typed, const char *text, GArray *spans)
{
  const char *inside = NULL;
  const char *end;
  gboolean in_word = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      end = match_here (typed, p);
      if (end != NULL && !in_word)
        {
          add_span (spans, text, p, end);
          return p == text ? WD_MATCH_PREFIX : WD_MATCH_WORD;
        }
      if (end != NULL && inside == NULL)
        inside = p;
      in_word = g_unichar_isalnum (g_utf8_get_char (p));
    }
  if (inside == NULL)
    return WD_MATCH_NONE;
  add_span (spans, text, inside, match_here (typed, inside));
  return WD_MATCH_INSIDE;
}

static WdMatchRank
match_scattered (const char *typed, const char *text, GArray *spans)
{
  const char *p = text;

  for (; *typed != '\0' && *p != '\0'; p = g_utf8_next_char (p))
    if (lower_at (typed) == lower_at (p))
      {
        add_span (spans, text, p, g_utf8_next_char (p));
        typed = g_utf8_next_char (typed);
      }
  if (*typed == '\0')
    return WD_MATCH_SCATTERED;
  if (spans != NULL)
    g_array_set_size (spans, 0);
  return WD_MATCH_NONE;
}

/**
 * wd_palette_match:
 * @typed: what was typed, without space around it; "" fits everything
 * @text: what it may mean
 * @spans: (nullable) (element-type WdMatchSpan): empty; filled with what to emphasize of @text
 *
 * Upper and lower case are the same.
 *
 * Returns: how well @text fits
 */
WdMatchRank
wd_palette_match (const char *typed, const char *text, GArray *spans)
{
  WdMatchRank rank;

  g_return_val_if_fail (typed != NULL && text != NULL, WD_MATCH_NONE);

  if (*typed == '\0')
    return WD_MATCH_PREFIX;
  rank = match_whole (typed, text, spans);
  return rank != WD_MATCH_NONE ? rank : match_scattered (typed, text, spans);
}
