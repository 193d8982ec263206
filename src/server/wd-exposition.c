/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Prometheus' text format 0.0.4. */

#include "server/wd-exposition.h"

static void
append_escaped (GString *text, const char *value, gboolean quotes)
{
  for (const char *p = value; *p != '\0'; p++)
    if (*p == '\\')
      g_string_append (text, "\\\\");
    else if (*p == '\n')
      g_string_append (text, "\\n");
    else if (*p == '"' && quotes)
      g_string_append (text, "\\\"");
    else
      g_string_append_c (text, *p);
}

/**
 * wd_exposition_family:
 * @text: gets the head of a family, whose samples come next
 * @name: of it
 * @type: `gauge`, `counter` or `histogram`
 * @help: what it tells, for people
 */
void
wd_exposition_family (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s ", name);
  append_escaped (text, help, FALSE);
  g_string_append_printf (text, "\n# TYPE %s %s\n", name, type);
}

static void
append_labels (GString *text, va_list labels)
{
  const char *separator = "{";
  const char *label;

  while ((label = va_arg (labels, const char *)) != NULL)
    {
      g_string_append_printf (text, "%s%s=\"", separator, label);
      append_escaped (text, va_arg (labels, const char *), TRUE);
      g_string_append_c (text, '"');
      separator = ",";
    }
  if (*separator == ',')
    g_string_append_c (text, '}');
}

/**
 * wd_exposition_count:
 * @text: gets a sample
 * @name: of its family
 * @value: of it
 * @...: labels and their values, then %NULL
 */
void
wd_exposition_count (GString *text, const char *name, gint64 value, ...)
{
  va_list labels;

  g_string_append (text, name);
  va_start (labels, value);
  append_labels (text, labels);
  va_end (labels);
  g_string_append_printf (text, " %" G_GINT64_FORMAT "\n", value);
}

/**
 * wd_exposition_number:
 * @text: gets a sample
 * @name: of its family
 * @value: of it: no amount of money
 * @...: labels and their values, then %NULL
 */
void
wd_exposition_number (GString *text, const char *name, double value, ...)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  va_list labels;

  g_string_append (text, name);
  va_start (labels, value);
  append_labels (text, labels);
  va_end (labels);
  g_string_append_printf (text, " %s\n", g_ascii_formatd (digits, sizeof digits, "%.15g", value));
}
