/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-migration-step.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

gboolean wd_pg_cost_estimate (WdPgConnection *connection, GPtrArray *steps, gint64 deadline,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
