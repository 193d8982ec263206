/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-cursor.h"
#include "postgres/wd-pg-list-query.h"

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

typedef struct {
  const char *name;
  gboolean ascending;
  const char *time; /* of the last row; NULL: null */
  const char *where; /* of the branches, joined by bars */
} PageCase;

static const PageCase page_cases[] = {
  { "newer-first", FALSE, "t", "j.created_at = $1 AND j.id < $2|j.created_at < $1" },
  { "newer-first-after-null", FALSE, NULL, "j.created_at IS NULL AND j.id < $1"
                                           "|j.created_at IS NOT NULL" },
  { "older-first", TRUE, "t", "j.created_at = $1 AND j.id > $2|j.created_at > $1"
                              "|j.created_at IS NULL" },
  { "older-first-after-null", TRUE, NULL, "j.created_at IS NULL AND j.id > $1" },
};

static void
test_page (gconstpointer data)
{
  const PageCase *wanted = data;
  g_autoptr (WdPgListQuery) query = wd_pg_list_query_new ("public.job_logs AS j");
  g_autoptr (GPtrArray) after = g_ptr_array_new ();
  g_autoptr (WdPgParams) params = NULL;
  g_autoptr (GString) where = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  g_autofree char *sql = NULL;

  query->select = g_strdup ("j.id");
  query->ascending = wanted->ascending;
  wd_pg_list_query_add_key (query, "j.created_at", TRUE);
  wd_pg_list_query_add_key (query, "j.id", FALSE);
  g_ptr_array_add (after, (char *) wanted->time);
  g_ptr_array_add (after, (char *) "u");
  sql = wd_pg_list_query_page (query, &(WdPgStretch) { after, NULL, FALSE }, 51, &params);
  parts = g_strsplit (sql, " WHERE ", -1);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      *strstr (parts[i], " ORDER BY") = '\0';
      g_string_append_printf (where, "%s%s", i > 1 ? "|" : "", parts[i]);
    }
  g_assert_cmpstr (where->str, ==, wanted->where);
  g_assert_cmpuint (wd_pg_params_get_length (params), ==, wanted->time != NULL ? 2 : 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (page_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/postgres/cursor/page/", page_cases[i].name, NULL);

      g_test_add_data_func (path, &page_cases[i], test_page);
    }
  g_test_add_func ("/postgres/cursor/round-trip", test_cursor);
  g_test_add_func ("/postgres/cursor/damaged", test_cursor_damaged);
  return g_test_run ();
}
