/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-cursor.h"

#define UUID "6f1c2f6e-0d5c-4b62-9d7c-0c1f0f0a9f10"

static void
test_cursor (void)
{
  static const char *const keys[][3] = {
    { "2026-11-23 14:00:00.123456+00", UUID },
    { NULL, UUID },
    { "", "x" },
    { "ü ~ 5:x -", "\"'\\" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GPtrArray) given = g_ptr_array_new ();
      g_autoptr (GPtrArray) got = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *cursor = NULL;

      g_ptr_array_add (given, (char *) keys[i][0]);
      g_ptr_array_add (given, (char *) keys[i][1]);
      cursor = wd_pg_cursor_encode ("0123456789abcdef", given);
      g_assert_cmpuint (strspn (cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                        "0123456789-_"), ==, strlen (cursor));
      got = wd_pg_cursor_decode (cursor, "0123456789abcdef", 2, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (g_ptr_array_index (got, 0), ==, keys[i][0]);
      g_assert_cmpstr (g_ptr_array_index (got, 1), ==, keys[i][1]);
      g_assert_null (wd_pg_cursor_decode (cursor, "0123456789abcdee", 2, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
      g_assert_null (wd_pg_cursor_decode (cursor, "0123456789abcdef", 3, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
}

/* Every cursor cut short, and every one with a changed letter, is refused or well-formed. */
static void
test_cursor_damaged (void)
{
  static const char *const damaged[] = {
    "", "x", "=", "MSA", "ä", "MSAwMTIzNDU2Nzg5YWJjZGVm", "MSAwMTIzNDU2Nzg5YWJjZGVmIC0gLQ",
    "MSAwMTIzNDU2Nzg5YWJjZGVmIC0gOTk5OTk5OTk5OTk5OTk5OTk5OTk5Ong",
    "MSAwMTIzNDU2Nzg5YWJjZGVmIC0gMjp4",
  };
  g_autoptr (GPtrArray) given = g_ptr_array_new ();
  g_autofree char *cursor = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wd_pg_cursor_decode (damaged[i], "0123456789abcdef", 2, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
  g_ptr_array_add (given, (char *) "2026-11-23 14:00:00.123456+00");
  g_ptr_array_add (given, (char *) UUID);
  cursor = wd_pg_cursor_encode ("0123456789abcdef", given);
  for (gsize i = 0; i < strlen (cursor); i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autofree char *changed = g_strdup (cursor);
        g_autoptr (GPtrArray) keys = NULL;

        changed[i] = (char) (changed[i] ^ (1 << bit));
        keys = wd_pg_cursor_decode (changed, "0123456789abcdef", 2, NULL);
        g_assert_true (keys == NULL || keys->len == 2);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/postgres/cursor/round-trip", test_cursor);
  g_test_add_func ("/postgres/cursor/damaged", test_cursor_damaged);
  return g_test_run ();
}
