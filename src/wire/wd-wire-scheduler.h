/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-scheduler.h"

G_BEGIN_DECLS

void wd_wire_scheduler_members (WdJsonWriter *writer, const WdScheduler *scheduler);
void wd_wire_scheduler (WdJsonWriter *writer, const char *queue, const WdScheduler *scheduler,
                        const char *message);

G_END_DECLS
