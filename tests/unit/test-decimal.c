/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-decimal.h"
#include "base/wd-format.h"

static void
test_valid (void)
{
  static const char *const good[] = { "0", "-0", "+1", "1.", ".5", "1e-18", "1E+3", "00012.5000",
                                      "123456789012345678901234567890.123456789012345678" };
  static const char *const bad[] = { "", ".", "-", "1e", "1e+", "1..2", "1.2.3", "NaN", "Infinity",
                                     "0x10", "1 ", " 1", "1e999999", "1,5", "--1" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (wd_decimal_is_valid (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (wd_decimal_is_valid (bad[i]));
  g_assert_false (wd_decimal_is_valid (NULL));
}

static void
test_expand (void)
{
  static const char *const table[][2] = {
    { "1e-18", "0.000000000000000001" },
    { "123456789.123456789123456789", "123456789.123456789123456789" },
    { "1.5e3", "1500" },
    { "1.5e1", "15" },
    { "-2.50E-1", "-0.250" },
    { "007.10", "7.10" },
    { ".5", "0.5" },
    { "5.", "5" },
    { "+3", "3" },
    { "0", "0" },
    { "0e5", "0" },
    { "NaN", "NaN" },
    { "Infinity", "Infinity" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = wd_decimal_expand (table[i][0]);

      g_assert_cmpstr (text, ==, table[i][1]);
    }
}

static void
test_compare (void)
{
  static const struct {
    const char *a, *b;
    int order;
  } table[] = {
    { "1", "2", -1 },
    { "10", "9", 1 },
    { "1.50", "1.5", 0 },
    { "-0", "0", 0 },
    { "0", "-0.0", 0 },
    { "-1", "1", -1 },
    { "-2", "-1", -1 },
    { "1e3", "1000", 0 },
    { "0.1", "0.09", 1 },
    { "9007199254740993", "9007199254740992", 1 },
    { "0.000000000000000001", "0", 1 },
    { "-0.000000000000000001", "0", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      int order = wd_decimal_compare (table[i].a, table[i].b);
      int reverse = wd_decimal_compare (table[i].b, table[i].a);

      g_assert_cmpint ((order > 0) - (order < 0), ==, table[i].order);
      g_assert_cmpint ((reverse > 0) - (reverse < 0), ==, -table[i].order);
    }
}

static void
test_amount (void)
{
  static const char *const table[][2] = {
    { "1234567.890000000000000000", "1\u202f234\u202f567.89" },
    { "0.000000000000000000", "0" },
    { "-1000", "−1\u202f000" },
    { "999", "999" },
    { "0.100000000000000001", "0.100000000000000001" },
    { "NaN", "NaN" },
    { "100", "100" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = wd_format_amount (table[i][0]);

      g_assert_cmpstr (text, ==, table[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/valid", test_valid);
  g_test_add_func ("/decimal/expand", test_expand);
  g_test_add_func ("/decimal/compare", test_compare);
  g_test_add_func ("/decimal/amount", test_amount);
  return g_test_run ();
}
