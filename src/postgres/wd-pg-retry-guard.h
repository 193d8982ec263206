/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-retry.h"

G_BEGIN_DECLS

/* Which jobs of one transaction go, and which another one is in the way of. */
typedef struct {
  GArray *going;        /* (owned) (element-type WdPgRetryJob) */
  GPtrArray *refused;   /* (owned) (element-type utf8): ids; those beside @busy come last */
  GPtrArray *instead;   /* (owned) (element-type WdJob): beside them, what is in the way */
  GPtrArray *busy;      /* (owned) (element-type WdJob): those of @instead that somebody else has
                         * under way */
  gboolean held;        /* the transaction holds its bulk run and looks rows up by keys */
} WdPgRetryGuard;

void     wd_pg_retry_guard_init (WdPgRetryGuard *guard);
void     wd_pg_retry_guard_clear (WdPgRetryGuard *guard);
gboolean wd_pg_retry_guard_lock (WdPgRetryGuard *guard, WdPgConnection *self,
                                 const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs,
                                 gint64 deadline, GCancellable *cancellable, GError **error);
void     wd_pg_retry_guard_tell (WdPgRetryGuard *guard, WdActionResult *result,
                                 GPtrArray *conflicts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdPgRetryGuard, wd_pg_retry_guard_clear)

G_END_DECLS
