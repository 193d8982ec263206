/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-history.h"

G_BEGIN_DECLS

void wd_wire_history_point_members (WdJsonWriter *writer, const WdHistoryPoint *point);
void wd_wire_history_members (WdJsonWriter *writer, const WdHistory *history);

G_END_DECLS
