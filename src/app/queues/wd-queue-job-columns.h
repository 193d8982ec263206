/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-copy-keys.h"
#include "app/common/wd-table-column.h"
#include "session/wd-row.h"

G_BEGIN_DECLS

const WdColumnSpec *wd_queue_job_columns (guint *n_columns);
const WdListKind   *wd_queue_job_columns_kind (void);
guint               wd_queue_job_columns_get_when (void);
const char         *wd_queue_job_columns_name_when (const char *state);
const WdCopyKind *wd_queue_job_columns_copy (void);

G_END_DECLS
