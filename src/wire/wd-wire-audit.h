/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-audit-entry.h"

G_BEGIN_DECLS

void wd_wire_audit_entry (WdJsonWriter *writer, const WdAuditEntry *entry);

G_END_DECLS
