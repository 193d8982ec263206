/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_MIGRATIONS_BANNER (wd_migrations_banner_get_type ())
G_DECLARE_FINAL_TYPE (WdMigrationsBanner, wd_migrations_banner, WD, MIGRATIONS_BANNER, GtkWidget)

void wd_migrations_banner_set_workspace (WdMigrationsBanner *self, WdWorkspace *workspace);
void wd_migrations_banner_look (WdMigrationsBanner *self);

G_END_DECLS
