/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_COLOUR_PICKER (wd_colour_picker_get_type ())
G_DECLARE_FINAL_TYPE (WdColourPicker, wd_colour_picker, WD, COLOUR_PICKER, GtkWidget)

void        wd_colour_picker_set_colour (WdColourPicker *self, const char *colour);
const char *wd_colour_picker_get_colour (WdColourPicker *self);

G_END_DECLS
