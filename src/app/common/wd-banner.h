/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_BANNER (wd_banner_get_type ())
G_DECLARE_FINAL_TYPE (WdBanner, wd_banner, WD, BANNER, GtkWidget)

void wd_banner_show (WdBanner *self, const char *title, const char *details, gboolean wrong);
void wd_banner_set_button (WdBanner *self, const char *label, const char *action);
void wd_banner_hide (WdBanner *self);

G_END_DECLS
