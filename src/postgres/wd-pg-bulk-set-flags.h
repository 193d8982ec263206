/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-bulk.h"

G_BEGIN_DECLS

gboolean wd_pg_bulk_set_flags (WdPgConnection *self, const WdPgBulkRunner *runner,
                               GPtrArray *items, GPtrArray *refusals, gint64 deadline,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
