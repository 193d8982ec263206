/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wd_list_height_set_up (GtkScrolledWindow *scroller, GtkWidget *list, int most);
void wd_list_height_queue (GtkScrolledWindow *scroller);

G_END_DECLS
