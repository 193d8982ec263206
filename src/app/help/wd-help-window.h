/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_HELP_WINDOW (wd_help_window_get_type ())
G_DECLARE_FINAL_TYPE (WdHelpWindow, wd_help_window, WD, HELP_WINDOW, AdwWindow)

void wd_help_window_show (GtkApplication *application, const char *topic);

G_END_DECLS
