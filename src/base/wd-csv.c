/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of RFC 4180. What spreadsheets take for a formula gets an apostrophe in front: a job's
 * error text may come from anybody, and opening a file must run nothing of it. A null is an empty
 * cell, an empty text is "", as PostgreSQL tells them apart in its own CSV. */

#include "base/wd-csv.h"

#include <string.h>

#include "base/wd-decimal.h"

#define FORMULA "=+-@\t\r"

static gboolean
is_formula (const char *value)
{
  return *value != '\0' && strchr (FORMULA, *value) != NULL;
}

static void
append_quoted (GString *row, const char *value)
{
  const char *quote;

  g_string_append_c (row, '"');
  if (is_formula (value))
    g_string_append_c (row, '\'');
  for (; (quote = strchr (value, '"')) != NULL; value = quote + 1)
    {
      g_string_append_len (row, value, quote + 1 - value);
      g_string_append_c (row, '"');
    }
  g_string_append (row, value);
  g_string_append_c (row, '"');
}

/**
 * wd_csv_append_text:
 * @row: where it goes
 * @value: (nullable): UTF-8
 *
 * Writes a cell that a spreadsheet reads as text or as nothing worse.
 */
void
wd_csv_append_text (GString *row, const char *value)
{
  gsize length;

  g_return_if_fail (row != NULL);

  if (value == NULL)
    return;
  length = strcspn (value, "\",\r\n");
  if (length == 0 || value[length] != '\0')
    append_quoted (row, value);
  else
    {
      if (is_formula (value))
        g_string_append_c (row, '\'');
      g_string_append_len (row, value, (gssize) length);
    }
}

/**
 * wd_csv_append_number:
 * @row: where it goes
 * @value: (nullable): what should be a decimal number
 *
 * Writes a cell, digit by digit. A number stays one whatever its sign; anything else is a text.
 */
void
wd_csv_append_number (GString *row, const char *value)
{
  g_return_if_fail (row != NULL);

  if (value != NULL && wd_decimal_is_valid (value))
    g_string_append (row, value);
  else
    wd_csv_append_text (row, value);
}

/**
 * wd_csv_append_next:
 * @row: after a cell that is not its last
 */
void
wd_csv_append_next (GString *row)
{
  g_string_append_c (row, ',');
}

/**
 * wd_csv_append_end:
 * @row: after its last cell
 */
void
wd_csv_append_end (GString *row)
{
  g_string_append (row, "\r\n");
}
