/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-saved-views.h"

G_BEGIN_DECLS

void   wd_view_import_ask_async (GtkWindow *parent, WdSavedViews *views, GKeyFile *file,
                                 GAsyncReadyCallback callback, gpointer data);
char **wd_view_import_ask_finish (GAsyncResult *result, GKeyFile **file);

G_END_DECLS
