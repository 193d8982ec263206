/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-queue.h"

G_BEGIN_DECLS

void wd_wire_queue_job (WdJsonWriter *writer, const WdQueueJob *job);
void wd_wire_queue_members (WdJsonWriter *writer, const WdQueueCounts *counts);
void wd_wire_queues_members (WdJsonWriter *writer, const GPtrArray *queues);

G_END_DECLS
