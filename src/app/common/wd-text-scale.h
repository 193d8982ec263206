/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double wd_text_scale_get (GtkWidget *widget);
void wd_text_scale_connect (GtkWidget *widget, GCallback callback, gpointer object);
void wd_text_scale_adapt_width (GtkWidget *widget, int most);
void wd_text_scale_adapt_dialogs (GType window_type);

G_END_DECLS
