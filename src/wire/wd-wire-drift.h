/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-drift.h"

G_BEGIN_DECLS

void wd_wire_drift_item_members (WdJsonWriter *writer, const WdDrift *drift);
void wd_wire_drift_members (WdJsonWriter *writer, const WdDriftReport *report);

G_END_DECLS
