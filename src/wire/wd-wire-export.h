/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-export-request.h"

G_BEGIN_DECLS

void wd_wire_export_begin (GString *text, WdExportKind kind, WdExportFormat format);
void wd_wire_export_rows (GString *text, WdExportKind kind, WdExportFormat format,
                          const GPtrArray *rows);

G_END_DECLS
