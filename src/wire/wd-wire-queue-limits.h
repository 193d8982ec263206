/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-queue.h"

G_BEGIN_DECLS

void wd_wire_queue_limits_members (WdJsonWriter *writer, const WdQueueLimits *limits);
void wd_wire_queue_limits (WdJsonWriter *writer, const WdQueueCounts *counts);

G_END_DECLS
