/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-history.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdHistory *wd_pg_history_read (WdPgConnection *connection, const WdHistoryRequest *request,
                               gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
