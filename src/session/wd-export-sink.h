/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-export-request.h"

G_BEGIN_DECLS

/**
 * WdExportSink:
 *
 * Where an export is written to: a file that comes into being when it is complete, or a descriptor.
 * Everything blocks and belongs to one worker thread.
 */
typedef struct _WdExportSink WdExportSink;

WdExportSink *wd_export_sink_new_file (WdExportKind kind, WdExportFormat format, const char *path);
WdExportSink *wd_export_sink_new_fd (WdExportKind kind, WdExportFormat format, int fd);
void          wd_export_sink_free (WdExportSink *self);

gboolean wd_export_sink_open (WdExportSink *self, GError **error);
gboolean wd_export_sink_write (WdExportSink *self, const GPtrArray *rows,
                               GCancellable *cancellable, GError **error);
gboolean wd_export_sink_finish (WdExportSink *self, GCancellable *cancellable, GError **error);
void     wd_export_sink_discard (WdExportSink *self);
gboolean wd_export_sink_has_written (const WdExportSink *self);

G_END_DECLS
