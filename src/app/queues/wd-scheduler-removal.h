/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

void     wd_scheduler_remove_async (GtkWindow *parent, WdWorkspace *workspace, const char *queue,
                                    const char *scheduler, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
gboolean wd_scheduler_remove_finish (GAsyncResult *result, GError **error);

G_END_DECLS
