/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

void wd_wire_outbox_members (WdJsonWriter *writer, const GPtrArray *entries);
void wd_wire_outbox_report_members (WdJsonWriter *writer, const char *done,
                                    const WdOutboxReport *report);

G_END_DECLS
