/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libpq-fe.h>

#include "base/wd-error.h"

G_BEGIN_DECLS

WdError wd_pg_error_code (const char *sqlstate, const char *message);
void    wd_pg_error_from_result (const PGresult *result, const char *where, GError **error);
void    wd_pg_error_from_connection (PGconn *connection, const char *where, GError **error);

G_END_DECLS
