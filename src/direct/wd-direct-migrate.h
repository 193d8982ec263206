/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "postgres/wd-pg-migrator.h"

G_BEGIN_DECLS

GPtrArray *wd_direct_migrate (WdLane *lane, gboolean dry_run, const char *const *names,
                              WdMigrationProgress progress, gpointer progress_data,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
