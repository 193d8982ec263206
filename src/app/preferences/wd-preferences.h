/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "base/wd-format.h"

G_BEGIN_DECLS

typedef enum {
  WD_DENSITY_COMPACT,
  WD_DENSITY_COMFORTABLE,
} WdDensity;

typedef enum {
  WD_NUMBERS_LOCALE,
  WD_NUMBERS_SPACE,
  WD_NUMBERS_COMMA,
  WD_NUMBERS_NONE,
} WdNumbers;

typedef enum {
  WD_DATES_LOCALE,
  WD_DATES_ISO,
} WdDates;

typedef enum {
  WD_COLORS_SYSTEM,
  WD_COLORS_LIGHT,
  WD_COLORS_DARK,
} WdColors;

#define WD_TYPE_PREFERENCES (wd_preferences_get_type ())
G_DECLARE_FINAL_TYPE (WdPreferences, wd_preferences, WD, PREFERENCES, GObject)

WdPreferences        *wd_preferences_get (void);
GSettings            *wd_preferences_get_settings (WdPreferences *self);
GTimeZone            *wd_preferences_get_zone (WdPreferences *self);
const WdNumberFormat *wd_preferences_get_number_format (WdPreferences *self);
const char           *wd_preferences_get_day_format (WdPreferences *self);
WdDensity             wd_preferences_get_density (WdPreferences *self);
guint                 wd_preferences_get_interval (WdPreferences *self);
WdColors              wd_preferences_get_colors (WdPreferences *self);
gboolean              wd_preferences_get_keep_watching (WdPreferences *self);

GTimeZone            *wd_preferences_find_zone (const char *name);
const WdNumberFormat *wd_preferences_find_number_format (WdNumbers numbers);
const char           *wd_preferences_find_day_format (WdDates dates);

G_END_DECLS
