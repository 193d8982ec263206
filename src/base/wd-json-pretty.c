/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-json-pretty.h"

#include <string.h>

#include "base/wd-json-text.h"

#define INDENT    2
/* Deeper than this nobody can read it, and the margin would outgrow the text. */
#define MAX_DEPTH 64

static void
new_line (GString *out, guint depth)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth * INDENT; i++)
    g_string_append_c (out, ' ');
}

/* Returns: what follows the string at @p, quotes and all; the end where it is not closed. */
static const char *
skip_string (const char *p)
{
  for (p++; *p != '\0' && *p != '"'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p == '"' ? p + 1 : p;
}

/**
 * wd_json_pretty:
 * @json: JSON text
 *
 * Breaks and indents it without reading it as values: every number and string stays letter for
 * letter as it was, also numbers no double could hold. Text that is no JSON loses at most the
 * white space outside of its quotes.
 *
 * Returns: (transfer full): @json over several lines
 */
char *
wd_json_pretty (const char *json)
{
  g_autoptr (GString) out = NULL;
  guint depth = 0;

  g_return_val_if_fail (json != NULL, NULL);

  out = g_string_sized_new (strlen (json) * 2);
  for (const char *p = wd_json_text_skip_space (json); *p != '\0'; p = wd_json_text_skip_space (p))
    {
      const char *begin = p;

      if (*p == '"')
        p = skip_string (p);
      else if (strchr ("{}[],:", *p) != NULL)
        p++;
      else
        p = wd_json_text_skip_word (p);

      if (*begin == '{' || *begin == '[')
        {
          const char *inside = wd_json_text_skip_space (p);

          g_string_append_c (out, *begin);
          if (*inside == '}' || *inside == ']')
            {
              g_string_append_c (out, *inside);
              p = inside + 1;
              continue;
            }
          depth++;
          new_line (out, MIN (depth, MAX_DEPTH));
          continue;
        }
      if (*begin == '}' || *begin == ']')
        {
          depth -= depth > 0;
          new_line (out, MIN (depth, MAX_DEPTH));
        }
      g_string_append_len (out, begin, p - begin);
      if (*begin == ',')
        new_line (out, MIN (depth, MAX_DEPTH));
      else if (*begin == ':')
        g_string_append_c (out, ' ');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
