/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-queue-order.h"

G_BEGIN_DECLS

void wd_wire_queue_plan_members (WdJsonWriter *writer, const WdQueuePlan *plan);

G_END_DECLS
