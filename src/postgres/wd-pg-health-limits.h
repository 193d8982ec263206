/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-health-limits.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

gboolean wd_pg_health_limits_set (WdPgConnection *self, const WdHealthLimits *before,
                                  const WdHealthLimits *after, gint64 deadline,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
