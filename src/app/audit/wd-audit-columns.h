/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-table.h"

G_BEGIN_DECLS

const WdTableSpec *wd_audit_table_spec (void);

G_END_DECLS
