/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-flags.h"
#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

gboolean wd_pg_flags_require (const WdPgColumns *columns, WdFlag flag, GError **error);
char    *wd_pg_flags_describe (const WdPgColumns *columns);

G_END_DECLS
