/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-csv.h"

static const struct {
  const char *value;
  const char *as_text;
  const char *as_number;
} cells[] = {
  { NULL, "", "" },
  { "", "\"\"", "\"\"" },
  { "plain", "plain", "plain" },
  { "12.50", "12.50", "12.50" },
  { "-12.50", "'-12.50", "-12.50" },
  { "+7", "'+7", "+7" },
  { "-1e-18", "'-1e-18", "-1e-18" },
  { "123456789012345678901234567890.000000000000000001",
    "123456789012345678901234567890.000000000000000001",
    "123456789012345678901234567890.000000000000000001" },
  { "-5+cmd", "'-5+cmd", "'-5+cmd" },
  { "-5 ", "'-5 ", "'-5 " },
  { "-", "'-", "'-" },
  { "NaN", "NaN", "NaN" },
  { "=1+1", "'=1+1", "'=1+1" },
  { "@x", "'@x", "'@x" },
  { "\tx", "'\tx", "'\tx" },
  { "\rx", "\"'\rx\"", "\"'\rx\"" },
  { " =1", " =1", " =1" },
  { "a,b", "\"a,b\"", "\"a,b\"" },
  { "a\nb", "\"a\nb\"", "\"a\nb\"" },
  { "\"", "\"\"\"\"", "\"\"\"\"" },
  { "say \"no\"", "\"say \"\"no\"\"\"", "\"say \"\"no\"\"\"" },
  { "=\"x\",1", "\"'=\"\"x\"\",1\"", "\"'=\"\"x\"\",1\"" },
  { "ü🔥", "ü🔥", "ü🔥" },
};

static void
test_cells (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) number = g_string_new (NULL);

      wd_csv_append_text (text, cells[i].value);
      wd_csv_append_number (number, cells[i].value);
      g_assert_cmpstr (text->str, ==, cells[i].as_text);
      g_assert_cmpstr (number->str, ==, cells[i].as_number);
    }
}

static void
test_row (void)
{
  g_autoptr (GString) row = g_string_new (NULL);

  wd_csv_append_text (row, "a");
  wd_csv_append_next (row);
  wd_csv_append_text (row, NULL);
  wd_csv_append_next (row);
  wd_csv_append_text (row, "");
  wd_csv_append_end (row);
  g_assert_cmpstr (row->str, ==, "a,,\"\"\r\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/row", test_row);
  return g_test_run ();
}
