/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-copy-keys.h"
#include "app/common/wd-table-column.h"
#include "session/wd-list-kind.h"

G_BEGIN_DECLS

const WdColumnSpec *wd_drift_columns (guint *n_columns);
const WdListKind   *wd_drift_columns_kind (void);
const WdCopyKind   *wd_drift_columns_copy (void);

G_END_DECLS
