/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "model/wd-stats.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

gboolean wd_pg_stats_fill (WdPgConnection *connection, WdStats *stats, const WdProfile *profile,
                           WdTime midnight, gint64 deadline, GCancellable *cancellable,
                           GError **error);

G_END_DECLS
