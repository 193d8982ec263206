/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-outlook.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdOutlook *wd_pg_outlook (WdPgConnection *connection, const char *const *addresses, gint64 deadline,
                          GCancellable *cancellable, GError **error);

G_END_DECLS
