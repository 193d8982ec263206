/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-saved-views.h"

G_BEGIN_DECLS

void  wd_view_name_ask_async (GtkWindow *parent, WdSavedViews *views, const char *heading,
                              const char *before, const char *suggestion,
                              GAsyncReadyCallback callback, gpointer data);
char *wd_view_name_ask_finish (GAsyncResult *result);

G_END_DECLS
