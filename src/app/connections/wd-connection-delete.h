/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_CONNECTION_DELETE_YES "delete"

GtkWidget *wd_connection_delete_new (GtkWindow *parent, const char *name);

G_END_DECLS
