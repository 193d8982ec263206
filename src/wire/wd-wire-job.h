/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-job.h"
#include "model/wd-result.h"
#include "wire/wd-wire-field.h"

G_BEGIN_DECLS

const WdWireField *wd_wire_job_fields (void);
const WdWireField *wd_wire_job_listed_fields (void);

void wd_wire_job (WdJsonWriter *writer, const WdJob *job);
void wd_wire_job_members (WdJsonWriter *writer, const WdJob *job);
void wd_wire_job_detail_members (WdJsonWriter *writer, const WdJobDetail *detail);

G_END_DECLS
