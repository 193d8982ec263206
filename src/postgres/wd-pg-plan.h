/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

gint64 wd_pg_plan_rows (WdPgResult *result);

G_END_DECLS
