/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-saved-views.h"

G_BEGIN_DECLS

void      wd_saved_view_export_async (WdSavedViews *views, const char *name, GFile *file,
                                      GAsyncReadyCallback callback, gpointer data);
gboolean  wd_saved_view_export_finish (WdSavedViews *views, GAsyncResult *result, GError **error);

void      wd_saved_view_read_async (WdSavedViews *views, GFile *file,
                                    GAsyncReadyCallback callback, gpointer data);
GKeyFile *wd_saved_view_read_finish (WdSavedViews *views, GAsyncResult *result, GError **error);

G_END_DECLS
