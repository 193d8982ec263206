/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-profile-store.h"

G_BEGIN_DECLS

void     wd_connection_delete_async (GtkWindow *parent, WdProfileStore *store, WdProfile *profile,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
gboolean wd_connection_delete_finish (GAsyncResult *result, char **warning, GError **error);

G_END_DECLS
