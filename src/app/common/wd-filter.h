/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_FILTER (wd_filter_get_type ())
G_DECLARE_DERIVABLE_TYPE (WdFilter, wd_filter, WD, FILTER, GtkWidget)

struct _WdFilterClass {
  GtkWidgetClass parent_class;
};

gboolean wd_filter_is_in_force (WdFilter *self);

void wd_filter_set_in_force (WdFilter *self, gboolean in_force);
void wd_filter_emit_changed (WdFilter *self);
void wd_filter_label_button (GtkMenuButton *button, const char *name, const char *label);

G_END_DECLS
