/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_EXPORT (wd_export_get_type ())
G_DECLARE_FINAL_TYPE (WdExport, wd_export, WD, EXPORT, GObject)

WdExport *wd_export_new (WdBackend *backend, const WdExportRequest *request,
                         WdExportFormat format);

void     wd_export_to_file_async (WdExport *self, const char *path, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);
void     wd_export_to_fd_async (WdExport *self, int fd, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
gboolean wd_export_finish (WdExport *self, GAsyncResult *result, GError **error);

gint64   wd_export_get_rows (WdExport *self);
gboolean wd_export_is_partial (WdExport *self);
gint64   wd_export_get_total (WdExport *self, gboolean *is_exact);
double   wd_export_get_rate (WdExport *self);

G_END_DECLS
