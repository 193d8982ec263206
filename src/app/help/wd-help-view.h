/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/help/wd-help-page.h"

G_BEGIN_DECLS

#define WD_TYPE_HELP_VIEW (wd_help_view_get_type ())
G_DECLARE_FINAL_TYPE (WdHelpView, wd_help_view, WD, HELP_VIEW, GtkWidget)

GtkWidget *wd_help_view_new (const WdHelpPage *page);
void       wd_help_view_add (WdHelpView *self, GtkWidget *widget);
GtkWidget *wd_help_view_find (WdHelpView *self, const char *section);

G_END_DECLS
