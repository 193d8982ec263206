/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-field-list.h"
#include "model/wd-job.h"

G_BEGIN_DECLS

void wd_job_fields_update (WdFieldList *self, const WdJob *job);

G_END_DECLS
