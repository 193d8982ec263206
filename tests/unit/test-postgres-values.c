/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <string.h>

#include "base/wd-error.h"
#include "postgres/wd-migration.h"
#include "postgres/wd-pg-error.h"
#include "postgres/wd-pg-params.h"
#include "postgres/wd-pg-target.h"
#include "postgres/wd-pg-time.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

static void
test_time_parse (void)
{
  static const struct {
    const char *text;
    WdTime time;
  } cases[] = {
    { "1970-01-01 00:00:00+00", 0 },
    { "1970-01-01 00:00:00.000001+00", 1 },
    { "1969-12-31 23:59:59.999999+00", -1 },
    { "1970-01-01 00:00:00.5+00", 500000 },
    { "1970-01-02", DAY },
    { "1970-01-02 00:00:00", DAY },
    { "1970-01-01 05:30:00+05:30", 0 },
    { "1969-12-31 14:00:00-10", 0 },
    { "1970-01-01 00:19:32+00:19:32", 0 },
    { "2000-02-29 00:00:00+00", 11016 * DAY },
    { "2100-03-01 00:00:00+00", 47541 * DAY },
    { "1900-03-01 00:00:00+00", -25508 * DAY },
    { "0001-01-01 00:00:00+00", -719162 * DAY },
    { "0001-12-31 00:00:00+00 BC", -719163 * DAY },
    { "0001-02-29 00:00:00+00 BC", -719162 * DAY - 307 * DAY },
    { "4714-11-24 00:00:00+00 BC", -2440588 * DAY },
    { "10000-01-01 00:00:00+00", 2932897 * DAY },
    { "294276-12-31 23:59:59.999999+00", WD_TIME_INFINITY - 1 },
    { "infinity", WD_TIME_INFINITY },
    { "-infinity", WD_TIME_NEGATIVE_INFINITY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WdTime time = WD_TIME_NONE;

      g_test_message ("%s", cases[i].text);
      g_assert_true (wd_pg_time_parse (cases[i].text, &time));
      g_assert_cmpint (time, ==, cases[i].time);
    }
}

static void
test_time_refuses (void)
{
  static const char *const cases[] = {
    "", "now", "2026", "2026-13-01", "2026-01-32", "2026-01-01T00:00:00Z", "2026-01-01 1:2:3",
    "2026-01-01 00:00:00+", "2026-01-01 00:00:00+00 AD", "12:00:00", "2026-01-01 00:00:00+00x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WdTime time;

      g_test_message ("%s", cases[i]);
      g_assert_false (wd_pg_time_parse (cases[i], &time));
    }
}

/* Every day of eight centuries, and the ends of what 64 bits hold, there and back. */
static void
test_time_round_trip (void)
{
  static const WdTime ends[] = { G_MININT64 / 44, -1, 0, 1, WD_TIME_INFINITY - 54775807 };

  for (gint64 day = -200000; day < 100000; day++)
    {
      g_autofree char *text = wd_pg_time_format (day * DAY + day);
      WdTime time;

      g_assert_true (wd_pg_time_parse (text, &time));
      g_assert_cmpint (time, ==, day * DAY + day);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = wd_pg_time_format (ends[i]);
      WdTime time;

      g_assert_true (wd_pg_time_parse (text, &time));
      g_assert_cmpint (time, ==, ends[i]);
    }
  g_assert_null (wd_pg_time_format (WD_TIME_NONE));
}

static void
test_params (void)
{
  static const char *const words[] = { "plain", NULL, "", "NULL", "a,b", "{}", "q\"\\", " x " };
  static const gint64 numbers[] = { 0, -1, G_MAXINT64, G_MININT64 };
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  const char *const *values;

  g_assert_cmpuint (wd_pg_params_text (params, "it's"), ==, 1);
  g_assert_cmpuint (wd_pg_params_text (params, NULL), ==, 2);
  g_assert_cmpuint (wd_pg_params_int (params, G_MININT64), ==, 3);
  g_assert_cmpuint (wd_pg_params_bool (params, TRUE), ==, 4);
  g_assert_cmpuint (wd_pg_params_time (params, WD_TIME_INFINITY), ==, 5);
  g_assert_cmpuint (wd_pg_params_text_array (params, words, G_N_ELEMENTS (words)), ==, 6);
  g_assert_cmpuint (wd_pg_params_int_array (params, numbers, G_N_ELEMENTS (numbers)), ==, 7);
  g_assert_cmpuint (wd_pg_params_text_array (params, NULL, 0), ==, 8);
  g_assert_cmpuint (wd_pg_params_get_length (params), ==, 8);

  values = wd_pg_params_get_values (params);
  g_assert_cmpstr (values[0], ==, "it's");
  g_assert_null (values[1]);
  g_assert_cmpstr (values[2], ==, "-9223372036854775808");
  g_assert_cmpstr (values[3], ==, "true");
  g_assert_cmpstr (values[4], ==, "infinity");
  g_assert_cmpstr (values[5], ==,
                   "{\"plain\",NULL,\"\",\"NULL\",\"a,b\",\"{}\",\"q\\\"\\\\\",\" x \"}");
  g_assert_cmpstr (values[6], ==, "{0,-1,9223372036854775807,-9223372036854775808}");
  g_assert_cmpstr (values[7], ==, "{}");
}

static void
test_error_codes (void)
{
  static const struct {
    const char *sqlstate;
    const char *message;
    WdError code;
  } cases[] = {
    { NULL, NULL, WD_ERROR_FAILED },
    { "08006", "", WD_ERROR_NO_CONNECTION },
    { "22P02", "", WD_ERROR_INVALID_ARGUMENT },
    { "23505", "", WD_ERROR_DUPLICATE },
    { "23514", "", WD_ERROR_FAILED },
    { "25006", "", WD_ERROR_READ_ONLY },
    { "28P01", "", WD_ERROR_AUTHENTICATION },
    { "3D000", "", WD_ERROR_NO_CONNECTION },
    { "3F000", "", WD_ERROR_NOT_MIGRATED },
    { "40001", "", WD_ERROR_BUSY },
    { "40P01", "", WD_ERROR_BUSY },
    { "42501", "", WD_ERROR_PERMISSION },
    { "42P01", "", WD_ERROR_NOT_MIGRATED },
    { "42883", "function worker_dashboard.fold_counts() does not exist", WD_ERROR_NOT_MIGRATED },
    { "42883", "function nothing() does not exist", WD_ERROR_FAILED },
    { "53300", "", WD_ERROR_NO_CONNECTION },
    { "55P03", "", WD_ERROR_BUSY },
    { "57014", "", WD_ERROR_TIMED_OUT },
    { "57P03", "", WD_ERROR_NO_CONNECTION },
    { "XX000", "", WD_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].sqlstate);
      g_assert_cmpint (wd_pg_error_code (cases[i].sqlstate, cases[i].message), ==, cases[i].code);
    }
}

static void
test_target (void)
{
  static const struct {
    const char *uri;
    const char *description; /* NULL where the address is refused */
  } cases[] = {
    { "postgresql://app:secret@db.example:6432/shop", "app@db.example:6432/shop" },
    { "postgres://app@db.example/shop?sslmode=require", "app@db.example:5432/shop" },
    { "postgresql://app:s%40cret%2F@db/shop", "app@db:5432/shop" },
    { "postgresql://app:secret@[::1]:6432/shop", "app@::1:6432/shop" },
    { "postgresql://app:secret@a,b:6432/shop", "app@a,b:,6432/shop" },
    { "postgresql://app@/shop?host=/run/postgresql&password=secret",
      "app@/run/postgresql:5432/shop" },
    { "host=db user=app dbname=shop password='a secret'", "app@db:5432/shop" },
    { "host=db user=app dbname='a\nb'", "app@db:5432/a␊b" },
    { "postgresql://app:secret@@db/shop", NULL },
    { "postgresql://app:secr/et@db/shop", NULL },
    { "postgresql://app:12/secret@db/shop", NULL },
    { "postgresql://app:%zzsecret@db/shop", NULL },
    { "postgresql://app@db/shop?secret=1", NULL },
    { "host=db password=a secret", NULL },
    { "mysql://app:secret@db/shop", NULL },
    { "postgresql//app:secret@db", NULL },
    { "app:secret@db", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdPgTarget) target = wd_pg_target_new (cases[i].uri, NULL, NULL);
      g_autofree char *description = wd_pg_target_describe (target);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].uri);
      g_assert_null (strstr (description, "secret"));
      if (cases[i].description != NULL)
        {
          g_assert_true (wd_pg_target_check (target, &error));
          g_assert_cmpstr (description, ==, cases[i].description);
          continue;
        }
      g_assert_false (wd_pg_target_check (target, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_split (void)
{
  g_autoptr (WdMigration) migration = wd_migration_new (
      "0001_x",
      "-- SPDX\n-- transaction: none\n-- optional: takes hours\nSELECT 1;\n-- statement\n"
      "DO $$ -- statement\n$$;\n-- statement\nSELECT 'x'\n\\gexec\n");
  g_autoptr (WdMigration) plain = wd_migration_new ("0002_y", "SELECT 1;\n-- transaction: none\n");
  g_autoptr (GArray) chunks = wd_migration_split (migration);

  g_assert_false (migration->transactional);
  g_assert_true (migration->optional);
  g_assert_cmpstr (migration->note, ==, "takes hours");
  g_assert_true (plain->transactional);
  g_assert_false (plain->optional);
  g_assert_cmpuint (chunks->len, ==, 3);
  g_assert_true (g_str_has_suffix (g_array_index (chunks, WdMigrationChunk, 0).sql, "SELECT 1;"));
  g_assert_cmpstr (g_array_index (chunks, WdMigrationChunk, 1).sql, ==, "DO $$ -- statement\n$$;");
  g_assert_false (g_array_index (chunks, WdMigrationChunk, 1).makes_statements);
  g_assert_cmpstr (g_array_index (chunks, WdMigrationChunk, 2).sql, ==, "SELECT 'x'");
  g_assert_true (g_array_index (chunks, WdMigrationChunk, 2).makes_statements);
}

/* A file that was added to the folder but not to the program would never be applied. */
static void
test_all_migrations_are_in (void)
{
  g_autoptr (GPtrArray) migrations = wd_migration_load_all ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "migrations", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_files = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    n_files += g_str_has_suffix (name, ".sql") ? 1 : 0;
  g_assert_cmpuint (migrations->len, ==, n_files);
  for (guint i = 1; i < migrations->len; i++)
    g_assert_cmpstr (((WdMigration *) g_ptr_array_index (migrations, i - 1))->name, <,
                     ((WdMigration *) g_ptr_array_index (migrations, i))->name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/postgres/time/parse", test_time_parse);
  g_test_add_func ("/postgres/time/refuses", test_time_refuses);
  g_test_add_func ("/postgres/time/round-trip", test_time_round_trip);
  g_test_add_func ("/postgres/params", test_params);
  g_test_add_func ("/postgres/error-codes", test_error_codes);
  g_test_add_func ("/postgres/target", test_target);
  g_test_add_func ("/postgres/migration/split", test_split);
  g_test_add_func ("/postgres/migration/all", test_all_migrations_are_in);
  return g_test_run ();
}
