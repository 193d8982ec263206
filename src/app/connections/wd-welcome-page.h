/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/connections/wd-connections.h"

G_BEGIN_DECLS

#define WD_TYPE_WELCOME_PAGE (wd_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (WdWelcomePage, wd_welcome_page, WD, WELCOME_PAGE, GtkWidget)

void wd_welcome_page_show (WdWelcomePage *self, WdConnections *connections);

G_END_DECLS
