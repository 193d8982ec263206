/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/preferences/wd-preferences.h"

G_BEGIN_DECLS

#define WD_TYPE_PREFERENCES_WINDOW (wd_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (WdPreferencesWindow, wd_preferences_window, WD, PREFERENCES_WINDOW, AdwWindow)

GtkWindow *wd_preferences_window_new (WdPreferences *preferences, GtkWindow *parent);

G_END_DECLS
