/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

gboolean wd_pg_removal_lock (WdPgConnection *self, const char *const *job_log_ids, gint64 deadline,
                             GCancellable *cancellable, GError **error);
gboolean wd_pg_removal_mark (WdPgConnection *self, const char *const *job_log_ids,
                             const char *message, const char *queue, gint64 deadline,
                             GCancellable *cancellable, GError **error);

G_END_DECLS
