/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-bulk-item.h"
#include "model/wd-bulk-run.h"
#include "wire/wd-wire-field.h"

G_BEGIN_DECLS

const WdWireField *wd_wire_bulk_fields (void);

void wd_wire_bulk_dispatch_members (WdJsonWriter *writer, const WdBulkRequest *request);
void wd_wire_bulk_members (WdJsonWriter *writer, const WdBulkRun *run);
void wd_wire_bulk_list_members (WdJsonWriter *writer, const GPtrArray *runs);

G_END_DECLS
