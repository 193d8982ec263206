/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-job.h"
#include "model/wd-page.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdPage    *wd_pg_jobs_list (WdPgConnection *connection, const WdJobFilter *filter,
                            const WdPageRequest *request, gint64 deadline,
                            GCancellable *cancellable, GError **error);
WdJob     *wd_pg_jobs_get (WdPgConnection *connection, const char *id, gint64 deadline,
                           GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_jobs_find (WdPgConnection *connection, const char *const *ids, gsize n_ids,
                            GPtrArray **missing, gint64 deadline, GCancellable *cancellable,
                            GError **error);
GPtrArray *wd_pg_jobs_find_rows (WdPgConnection *connection, const char *const *ids, gsize n_ids,
                                 GPtrArray **missing, gint64 deadline, GCancellable *cancellable,
                                 GError **error);
GPtrArray *wd_pg_jobs_find_named (WdPgConnection *connection, const char *const *job_ids,
                                  gsize n_job_ids, gboolean by_index, gint64 deadline,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
