/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "bullmq/wd-bullmq-job.h"

G_BEGIN_DECLS

void job_tool_write (const WdQueueJob *job, WdJsonWriter *out);

G_END_DECLS
