/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_STAT_BUTTON (wd_stat_button_get_type ())
G_DECLARE_FINAL_TYPE (WdStatButton, wd_stat_button, WD, STAT_BUTTON, GtkButton)

void wd_stat_button_set_subject (WdStatButton *self, const char *subject);
void wd_stat_button_set_caption (WdStatButton *self, const char *caption);
void wd_stat_button_set (WdStatButton *self, const char *figure, const char *tone,
                         const char *note);
void wd_stat_button_set_count (WdStatButton *self, gint64 count, const char *tone);
void wd_stat_button_set_compact (WdStatButton *self, gboolean compact);
void wd_stat_button_link (WdStatButton *self, const char *action, GVariant *target);

G_END_DECLS
