/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/preferences/wd-preferences.h"

static void
test_zones (void)
{
  static const struct {
    const char *name;
    gboolean known;
  } table[] = {
    { "", TRUE },
    { "UTC", TRUE },
    { "Europe/Berlin", TRUE },
    { "America/Argentina/Ushuaia", TRUE },
    { "Etc/UTC", TRUE },
    { "Europe/Atlantis", FALSE },
    { "Berlin", FALSE },
    { "+02:00", FALSE },
    { "CET-1CEST", FALSE },
    { "/etc/localtime", FALSE },
    { "../../../etc/localtime", FALSE },
    { "Europe/../Europe/Berlin", FALSE },
    { "Europe", FALSE },
    { " ", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GTimeZone) zone = wd_preferences_find_zone (table[i].name);

      g_test_message ("“%s”", table[i].name);
      g_assert_true ((zone != NULL) == table[i].known);
    }
}

static void
test_numbers (void)
{
  static const struct {
    WdNumbers numbers;
    const char *text;
  } table[] = {
    { WD_NUMBERS_SPACE, "1\u202f234\u202f567.000000000000000001" },
    { WD_NUMBERS_COMMA, "1,234,567.000000000000000001" },
    { WD_NUMBERS_NONE, "1234567.000000000000000001" },
    /* The locale of tests is of no language. */
    { WD_NUMBERS_LOCALE, "1\u202f234\u202f567.000000000000000001" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text =
        wd_format_number ("1234567.0000000000000000010",
                          wd_preferences_find_number_format (table[i].numbers));

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

/* Settings are heard of at once; a zone that is none is this machine's. */
static void
test_changes (void)
{
  WdPreferences *preferences = wd_preferences_get ();
  GSettings *settings = wd_preferences_get_settings (preferences);
  guint n_changes = 0;

  g_assert_nonnull (settings);
  g_assert_true (wd_preferences_get () == preferences);
  g_assert_cmpuint (wd_preferences_get_interval (preferences), ==, 5);
  g_assert_cmpint (wd_preferences_get_density (preferences), ==, WD_DENSITY_COMPACT);
  g_assert_cmpint (wd_preferences_get_colors (preferences), ==, WD_COLORS_SYSTEM);
  g_signal_connect_swapped (preferences, "changed", G_CALLBACK (count_cb), &n_changes);

  g_settings_set_uint (settings, "refresh-interval", 30);
  g_settings_set_string (settings, "time-zone", "Asia/Kolkata");
  g_settings_set_enum (settings, "table-density", WD_DENSITY_COMFORTABLE);
  g_settings_set_enum (settings, "color-scheme", WD_COLORS_DARK);
  g_settings_set_enum (settings, "number-format", WD_NUMBERS_COMMA);
  g_assert_cmpuint (n_changes, ==, 5);
  g_assert_cmpuint (wd_preferences_get_interval (preferences), ==, 30);
  g_assert_cmpstr (g_time_zone_get_identifier (wd_preferences_get_zone (preferences)), ==,
                   "Asia/Kolkata");
  g_assert_cmpint (wd_preferences_get_density (preferences), ==, WD_DENSITY_COMFORTABLE);
  g_assert_cmpint (wd_preferences_get_colors (preferences), ==, WD_COLORS_DARK);
  g_assert_cmpstr (wd_preferences_get_number_format (preferences)->separator, ==, ",");

  g_settings_set_string (settings, "page", "jobs");
  g_assert_cmpuint (n_changes, ==, 5);
  g_settings_set_string (settings, "time-zone", "No/Where");
  g_assert_nonnull (wd_preferences_get_zone (preferences));
  g_assert_cmpstr (g_time_zone_get_identifier (wd_preferences_get_zone (preferences)), !=,
                   "Asia/Kolkata");
}

/* Out of range is refused by the schema, not by us. */
static void
test_ranges (void)
{
  static const struct {
    const char *key;
    const char *value;
    gboolean fits;
  } table[] = {
    { "refresh-interval", "uint32 1", TRUE },     { "refresh-interval", "uint32 300", TRUE },
    { "refresh-interval", "uint32 0", FALSE },    { "refresh-interval", "uint32 301", FALSE },
    { "table-density", "'comfortable'", TRUE },   { "table-density", "'huge'", FALSE },
    { "number-format", "'locale'", TRUE },        { "number-format", "'roman'", FALSE },
    { "date-format", "'iso'", TRUE },             { "date-format", "'mine'", FALSE },
    { "color-scheme", "'dark'", TRUE },           { "color-scheme", "'pink'", FALSE },
    { "page", "'audit'", TRUE },                  { "page", "'elsewhere'", FALSE },
  };
  g_autoptr (GSettingsSchema) schema = g_settings_schema_source_lookup (
    g_settings_schema_source_get_default (), "org.workerdashboard.WorkerDashboard", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, table[i].key);
      g_autoptr (GVariant) value =
        g_variant_ref_sink (g_variant_parse (NULL, table[i].value, NULL, NULL, NULL));

      g_test_message ("%s %s", table[i].key, table[i].value);
      g_assert_true (g_settings_schema_key_range_check (key, value) == table[i].fits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preferences/zones", test_zones);
  g_test_add_func ("/preferences/numbers", test_numbers);
  g_test_add_func ("/preferences/changes", test_changes);
  g_test_add_func ("/preferences/ranges", test_ranges);
  return g_test_run ();
}
