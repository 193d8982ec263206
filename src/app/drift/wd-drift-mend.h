/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-drift.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

void     wd_drift_mend_async (GtkWindow *parent, WdWorkspace *workspace, WdDriftRemedy remedy,
                              GPtrArray *drifts, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
gboolean wd_drift_mend_finish (GAsyncResult *result, GError **error);

G_END_DECLS
