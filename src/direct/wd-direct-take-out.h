/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdTakeOutFunc:
 * @gone: (element-type utf8): gets the UUIDs of rows whose jobs it took out, not owned
 * @data: as given
 * @error: what went wrong; @gone holds all the same
 *
 * Takes jobs out of their queue.
 */
typedef gboolean (*WdTakeOutFunc) (GPtrArray *gone, gpointer data, GError **error);

gboolean wd_direct_take_out (WdPgConnection *postgres, const char *queue,
                             const char *const *job_log_ids, WdTakeOutFunc func,
                             gpointer func_data, GCancellable *cancellable, GPtrArray *gone,
                             GError **unmarked, GError **error);

G_END_DECLS
