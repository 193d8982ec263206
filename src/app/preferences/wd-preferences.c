/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How people want things told: read from the settings once, and again when one changes. There is
 * one such object in the program, since the same number is written the same way everywhere.
 * Whoever shows times or numbers writes them anew on "changed". */

#include "app/preferences/wd-preferences.h"

#include "config.h"

#include <locale.h>
#include <string.h>

struct _WdPreferences {
  GObject parent_instance;

  GSettings *settings;     /* (owned) (nullable): without an installed schema there are none */
  GTimeZone *zone;         /* (owned) */
  WdNumbers numbers;
  WdDates dates;
  WdDensity density;
  WdColors colors;
  guint interval;
  gboolean keep_watching;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdPreferences, wd_preferences, G_TYPE_OBJECT)

#define INTERVAL_DEFAULT 5

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, WD_SETTINGS_ID, TRUE);
  return schema != NULL ? g_settings_new (WD_SETTINGS_ID) : NULL;
}

/* A zone that this machine does not know (any more) is its own. */
static void
read_zone (WdPreferences *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "time-zone");

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = wd_preferences_find_zone (name);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
}

static void
read_settings (WdPreferences *self)
{
  read_zone (self);
  self->numbers = g_settings_get_enum (self->settings, "number-format");
  self->dates = g_settings_get_enum (self->settings, "date-format");
  self->density = g_settings_get_enum (self->settings, "table-density");
  self->colors = g_settings_get_enum (self->settings, "color-scheme");
  self->interval = g_settings_get_uint (self->settings, "refresh-interval");
  self->keep_watching = g_settings_get_boolean (self->settings, "keep-watching");
}

static void
settings_cb (WdPreferences *self, const char *key)
{
  static const char *const keys[] = {
    "time-zone", "number-format", "date-format", "table-density", "color-scheme",
    "refresh-interval", "keep-watching", NULL,
  };

  if (!g_strv_contains (keys, key))
    return;
  read_settings (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wd_preferences_finalize (GObject *object)
{
  WdPreferences *self = WD_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_time_zone_unref (self->zone);
  G_OBJECT_CLASS (wd_preferences_parent_class)->finalize (object);
}

static void
wd_preferences_class_init (WdPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_preferences_finalize;

  /**
   * WdPreferences::changed:
   *
   * One of them is another now.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_preferences_init (WdPreferences *self)
{
  self->zone = g_time_zone_new_local ();
  self->interval = INTERVAL_DEFAULT;
  self->settings = open_settings ();
  if (self->settings == NULL)
    return;
  read_settings (self);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (settings_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_preferences_get:
 *
 * Returns: (transfer none): the program's preferences
 */
WdPreferences *
wd_preferences_get (void)
{
  static WdPreferences *preferences;

  if (preferences == NULL)
    preferences = g_object_new (WD_TYPE_PREFERENCES, NULL);
  return preferences;
}

/**
 * wd_preferences_get_settings:
 * @self: the preferences
 *
 * Returns: (transfer none) (nullable): where they are kept
 */
GSettings *
wd_preferences_get_settings (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), NULL);

  return self->settings;
}

/**
 * wd_preferences_get_zone:
 * @self: the preferences
 *
 * Returns: (transfer none): the time zone that times are shown in
 */
GTimeZone *
wd_preferences_get_zone (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), NULL);

  return self->zone;
}

/**
 * wd_preferences_get_number_format:
 * @self: the preferences
 *
 * Returns: (transfer none): how numbers are written
 */
const WdNumberFormat *
wd_preferences_get_number_format (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), NULL);

  return wd_preferences_find_number_format (self->numbers);
}

/**
 * wd_preferences_get_day_format:
 * @self: the preferences
 *
 * Returns: (transfer none): how a day is written, for g_date_time_format()
 */
const char *
wd_preferences_get_day_format (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), WD_FORMAT_DAY);

  return wd_preferences_find_day_format (self->dates);
}

/**
 * wd_preferences_get_density:
 * @self: the preferences
 *
 * Returns: how close rows are to each other
 */
WdDensity
wd_preferences_get_density (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), WD_DENSITY_COMPACT);

  return self->density;
}

/**
 * wd_preferences_get_interval:
 * @self: the preferences
 *
 * Returns: seconds between two refreshes
 */
guint
wd_preferences_get_interval (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), INTERVAL_DEFAULT);

  return self->interval;
}

/**
 * wd_preferences_get_colors:
 * @self: the preferences
 *
 * Returns: which colours were chosen
 */
WdColors
wd_preferences_get_colors (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), WD_COLORS_SYSTEM);

  return self->colors;
}

/**
 * wd_preferences_get_keep_watching:
 * @self: the preferences
 *
 * Returns: whether to look for alerts while there is no window
 */
gboolean
wd_preferences_get_keep_watching (WdPreferences *self)
{
  g_return_val_if_fail (WD_IS_PREFERENCES (self), FALSE);

  return self->keep_watching;
}

/**
 * wd_preferences_find_zone:
 * @name: such as `UTC` or `Europe/Berlin`; "" is this machine's
 *
 * Returns: (transfer full) (nullable): that time zone; %NULL when this machine knows none of that
 *   name
 */
GTimeZone *
wd_preferences_find_zone (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (*name == '\0')
    return g_time_zone_new_local ();
  /* Offsets and POSIX rules, which GLib takes too, are not what the setting promises; and a path
   * is no name. */
  if (g_strcmp0 (name, "UTC") == 0)
    return g_time_zone_new_utc ();
  if (!g_ascii_isalpha (*name) || strchr (name, '.') != NULL || strchr (name, '/') == NULL)
    return NULL;
  return g_time_zone_new_identifier (name);
}

/* The program sets its locale once, before anything else. That of no language is nobody's wish. */
static gboolean
has_language (int category)
{
  const char *name = setlocale (category, NULL);

  return name != NULL && strcmp (name, "POSIX") != 0
         && !(name[0] == 'C' && (name[1] == '\0' || name[1] == '.'));
}

/**
 * wd_preferences_find_day_format:
 * @dates: a choice
 *
 * Returns: (transfer none): how a day is written then, for g_date_time_format()
 */
const char *
wd_preferences_find_day_format (WdDates dates)
{
  return dates == WD_DATES_LOCALE && has_language (LC_TIME) ? "%x" : WD_FORMAT_DAY;
}

/**
 * wd_preferences_find_number_format:
 * @numbers: a choice
 *
 * Returns: (transfer none): how numbers are written then
 */
const WdNumberFormat *
wd_preferences_find_number_format (WdNumbers numbers)
{
  static const WdNumberFormat space = { "\u202f", ".", "\003" };
  static const WdNumberFormat comma = { ",", ".", "\003" };
  static const WdNumberFormat none = { "", ".", "" };
  static WdNumberFormat locale;

  switch (numbers)
    {
    case WD_NUMBERS_LOCALE:
      if (!has_language (LC_NUMERIC))
        return &space;
      if (locale.point == NULL)
        {
          const struct lconv *conventions = localeconv ();

          locale.separator = g_intern_string (conventions->thousands_sep);
          locale.grouping = g_intern_string (conventions->grouping);
          locale.point = g_intern_string (conventions->decimal_point);
        }
      return &locale;
    case WD_NUMBERS_COMMA:
      return &comma;
    case WD_NUMBERS_NONE:
      return &none;
    case WD_NUMBERS_SPACE:
    default:
      return &space;
    }
}
