/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdExportGate:
 *
 * Lets only so many batches out at a time: what reads waits for what writes.
 */
typedef struct _WdExportGate WdExportGate;

/**
 * WdExportBatch:
 * @rows: the next records of what is exported
 * @total: how many there will be
 * @total_is_exact: else @total is an estimate and must be labelled as one
 * @gate: (nullable): from which it came
 *
 * Some rows of an export. Whoever holds one holds up the reading of those to come, so it is let go
 * of once its rows are written. Immutable once published.
 */
typedef struct {
  GPtrArray *rows;
  gint64 total;
  gboolean total_is_exact;
  WdExportGate *gate;
} WdExportBatch;

WD_DECLARE_RECORD (WdExportBatch, wd_export_batch)

WdExportGate  *wd_export_gate_new (guint most);
WdExportGate  *wd_export_gate_ref (WdExportGate *self);
void           wd_export_gate_unref (WdExportGate *self);
WdExportBatch *wd_export_gate_let_out (WdExportGate *self, GPtrArray *rows, gint64 deadline,
                                       GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdExportGate, wd_export_gate_unref)

G_END_DECLS
