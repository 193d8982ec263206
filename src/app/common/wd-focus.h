/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wd_focus_skip_first (GtkWindow *window, GtkWidget *button);
void wd_focus_put_aside (GtkWindow *window, GtkWidget *button);
void wd_focus_take_back (GtkWindow *window);
void wd_focus_set_sensitive (GtkWidget *part, gboolean sensitive, GtkWidget *button);
gboolean wd_focus_parts (GtkWidget *widget, GtkDirectionType direction,
                         GtkWidgetClass *parent_class);
void wd_focus_come_back (GtkPopover *popover, GtkMenuButton *button);
void wd_focus_one_stop (GtkWidget *list);

G_END_DECLS
