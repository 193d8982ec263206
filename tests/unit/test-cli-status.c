/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>

#include "base/wd-error.h"
#include "cli/wd-cli-status.h"
#include "cli/wd-cli-table.h"
#include "model/wd-result.h"

static const struct {
  int code;
  int status;
} codes[] = {
  { WD_ERROR_FAILED, 1 },
  { WD_ERROR_INVALID_ARGUMENT, 2 },
  { WD_ERROR_NOT_FOUND, 3 },
  { WD_ERROR_REFUSED, 4 },
  { WD_ERROR_DUPLICATE, 4 },
  { WD_ERROR_NOT_FAILED, 4 },
  { WD_ERROR_RETRIES_EXHAUSTED, 4 },
  { WD_ERROR_NOT_IN_QUEUE, 4 },
  { WD_ERROR_READ_ONLY, 4 },
  { WD_ERROR_NOT_MIGRATED, 4 },
  { WD_ERROR_PERMISSION, 1 },
  { WD_ERROR_NO_CONNECTION, 5 },
  { WD_ERROR_AUTHENTICATION, 5 },
  { WD_ERROR_TIMED_OUT, 5 },
  { WD_ERROR_UNKNOWN_OUTCOME, 5 },
  { WD_ERROR_LAYOUT, 4 },
  { WD_ERROR_PROTOCOL, 1 },
  { WD_ERROR_BUSY, 1 },
  { WD_ERROR_NO_KEYRING, 1 },
  { WD_ERROR_NOT_SUPPORTED, 1 },
};

static void
test_codes (void)
{
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  g_assert_cmpint (wd_cli_exit_status (NULL), ==, 0);
  g_assert_cmpint (wd_cli_exit_status (other), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (WD_ERROR, codes[i].code, "x");

      g_assert_cmpint (codes[i].code, ==, (int) i);
      g_assert_cmpint (wd_cli_exit_status (error), ==, codes[i].status);
    }
}

static void
test_gravest (void)
{
  static const struct {
    int codes[4];
    gsize n_codes;
    int status;
  } cases[] = {
    { { 0 }, 0, 0 },
    { { WD_ERROR_NOT_FOUND }, 1, 3 },
    { { WD_ERROR_NOT_FOUND, WD_ERROR_DUPLICATE }, 2, 4 },
    { { WD_ERROR_FAILED, WD_ERROR_DUPLICATE, WD_ERROR_NOT_FOUND }, 3, 1 },
    { { WD_ERROR_DUPLICATE, WD_ERROR_FAILED, WD_ERROR_NO_CONNECTION, WD_ERROR_NOT_FOUND }, 4, 5 },
    { { WD_ERROR_INVALID_ARGUMENT, WD_ERROR_NOT_FOUND }, 2, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) refusals =
        g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);

      for (gsize j = 0; j < cases[i].n_codes; j++)
        g_ptr_array_add (refusals,
                         wd_refusal_new ("s", g_error_new (WD_ERROR, cases[i].codes[j], "x")));
      g_assert_cmpint (wd_cli_exit_status (wd_cli_gravest (refusals)), ==, cases[i].status);
    }
}

static WdCliTable *
make_table (void)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, "ID", WD_CLI_FOLD);
  wd_cli_table_add_column (table, "N", WD_CLI_RIGHT);
  wd_cli_table_add_column (table, "TEXT", WD_CLI_CUT);
  wd_cli_table_add (table, "TGxbgKAAAAAAAAAAACAN3K");
  wd_cli_table_add_number (table, 7);
  wd_cli_table_add_colored (table, "日本\n\033[31m", WD_CLI_RED);
  wd_cli_table_add (table, NULL);
  wd_cli_table_add_number (table, -1);
  wd_cli_table_add (table, "a long text about what went wrong");
  return table;
}

static void
test_table (gconstpointer user_data)
{
  static const struct {
    guint width;
    gboolean color;
    const char *text;
  } cases[] = {
    { 0, FALSE,
      "ID                      N  TEXT\n"
      "TGxbgKAAAAAAAAAAACAN3K  7  日本␊␛[31m\n"
      "—                       —  a long text about what went wrong\n" },
    { 40, FALSE,
      "ID                 N  TEXT\n"
      "TGxbgKAA…AAACAN3K  7  日本␊␛[31m\n"
      "—                  —  a long text about…\n" },
    { 0, TRUE,
      "\033[1mID\033[0m                      \033[1mN\033[0m  \033[1mTEXT\033[0m\n"
      "TGxbgKAAAAAAAAAAACAN3K  7  \033[31m日本␊␛[31m\033[0m\n"
      "—                       —  a long text about what went wrong\n" },
  };
  gsize i = GPOINTER_TO_SIZE (user_data);
  g_autoptr (WdCliTable) table = make_table ();
  g_autoptr (GString) out = g_string_new (NULL);

  wd_cli_table_print (table, out, cases[i].width, cases[i].color);
  g_assert_cmpstr (out->str, ==, cases[i].text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli-status/codes", test_codes);
  g_test_add_func ("/cli-status/gravest", test_gravest);
  g_test_add_data_func ("/cli-table/whole", GSIZE_TO_POINTER (0), test_table);
  g_test_add_data_func ("/cli-table/narrow", GSIZE_TO_POINTER (1), test_table);
  g_test_add_data_func ("/cli-table/colored", GSIZE_TO_POINTER (2), test_table);
  return g_test_run ();
}
