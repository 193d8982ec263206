/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgDriftRow:
 * @job: (owned): the row, without its data
 * @has_data: whether it has any
 * @promised: an outbox entry about it is open: it is undelivered, not lost
 * @age_ms: since it last changed, in milliseconds by the database's clock
 */
typedef struct {
  WdJob *job;
  gboolean has_data;
  gboolean promised;
  gint64 age_ms;
} WdPgDriftRow;

void       wd_pg_drift_row_free (WdPgDriftRow *self);
gboolean   wd_pg_drift_can_compare (WdPgConnection *self, gint64 deadline,
                                    GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_drift_unfinished (WdPgConnection *self, const char *status,
                                   const WdPgDriftRow *after, guint limit, gint64 deadline,
                                   GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_drift_find (WdPgConnection *self, const char *const *job_ids, gsize n_job_ids,
                             gint64 deadline, GCancellable *cancellable, GError **error);

/**
 * WdPgDriftMark:
 * @row: (unowned): as it was when it was looked at; one that changed since is left alone
 * @status: what it is to say
 * @message: (nullable): its error message; %NULL leaves that
 * @note: for the audit trail: what was wrong
 * @queue: the job's queue
 */
typedef struct {
  const WdJob *row;
  const char *status;
  const char *message;
  const char *note;
  const char *queue;
} WdPgDriftMark;

gboolean wd_pg_drift_lock (WdPgConnection *self, const char *job_log_id, gint64 deadline,
                           GCancellable *cancellable, GError **error);
gboolean wd_pg_drift_mark (WdPgConnection *self, const WdPgDriftMark *mark, gint64 deadline,
                           GCancellable *cancellable, GError **error);
gboolean wd_pg_drift_rename (WdPgConnection *self, const WdJob *row, const char *job_id,
                             gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_drift_write_row (WdPgConnection *self, const WdJob *row, const char *queue,
                                gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
