/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-job.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

void wd_wire_job (WdJsonWriter *writer, const WdJob *job);
void wd_wire_job_members (WdJsonWriter *writer, const WdJob *job);
void wd_wire_job_detail_members (WdJsonWriter *writer, const WdJobDetail *detail);

G_END_DECLS
