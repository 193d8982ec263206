/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-flow.h"
#include "model/wd-queue-jobs.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

void wd_wire_queue_job_entry_members (WdJsonWriter *writer, const WdQueueJobEntry *entry);
void wd_wire_queue_jobs_members (WdJsonWriter *writer, const WdQueueJobs *page);
void wd_wire_queue_job_members (WdJsonWriter *writer, const WdJobDetail *detail);
void wd_wire_flow_members (WdJsonWriter *writer, const WdFlow *flow);

G_END_DECLS
