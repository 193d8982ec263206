/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libpq-fe.h>

#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

WdPgResult *wd_pg_result_new (PGresult *result);

G_END_DECLS
