/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/connections/wd-connections.h"

G_BEGIN_DECLS

#define WD_TYPE_CONNECTION_HEADER (wd_connection_header_get_type ())
G_DECLARE_FINAL_TYPE (WdConnectionHeader, wd_connection_header, WD, CONNECTION_HEADER, GtkWidget)

void wd_connection_header_set_connections (WdConnectionHeader *self, WdConnections *connections);
void wd_connection_header_set_profile (WdConnectionHeader *self, const WdProfile *profile);
void wd_connection_header_set_state (WdConnectionHeader *self, const char *tone, const char *state);

G_END_DECLS
