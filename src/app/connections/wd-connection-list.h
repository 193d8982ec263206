/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/connections/wd-connections.h"

G_BEGIN_DECLS

#define WD_TYPE_CONNECTION_LIST (wd_connection_list_get_type ())
G_DECLARE_FINAL_TYPE (WdConnectionList, wd_connection_list, WD, CONNECTION_LIST, GtkWidget)

void wd_connection_list_set_boxed (WdConnectionList *self);
void wd_connection_list_load (WdConnectionList *self, WdConnections *connections);

G_END_DECLS
