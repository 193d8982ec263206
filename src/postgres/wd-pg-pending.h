/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

char *wd_pg_pending_since (const WdPgColumns *columns);
char *wd_pg_pending_oldest (const WdPgColumns *columns, const char *job_type);

G_END_DECLS
