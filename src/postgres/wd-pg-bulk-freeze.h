/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-request.h"
#include "postgres/wd-pg-bulk-forecast.h"

G_BEGIN_DECLS

gboolean wd_pg_bulk_freeze (WdPgConnection *self, const char *run_id, const WdBulkRequest *request,
                            WdPgBulkLook look, gpointer data, gint64 deadline,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
