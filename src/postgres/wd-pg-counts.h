/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

gboolean wd_pg_counts_fold (WdPgConnection *connection, guint most, guint *n_folded,
                            gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
