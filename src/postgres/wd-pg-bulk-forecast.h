/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

/**
 * WdPgBulkJob:
 * @n: its place in the run
 * @job_type: (nullable): of its row
 * @job_id: (nullable): likewise
 * @has_data: whether its row has data
 * @created_at: of its row, or %WD_TIME_NONE
 * @wallet_address: (nullable): of its row
 * @forecast: (nullable): why it will be refused, one of %WD_PG_BULK_NOT_IN_QUEUE and the like, or
 *   %WD_PG_BULK_NOT_ASKED where that could not be found out; %NULL at first
 *
 * A frozen job that nothing is known against yet.
 */
typedef struct {
  gint64 n;
  const char *job_type;
  const char *job_id;
  gboolean has_data;
  WdTime created_at;
  const char *wallet_address;
  const char *forecast;
} WdPgBulkJob;

/**
 * WdPgBulkLook:
 * @jobs: (array length=n_jobs): get their forecasts, in static strings
 * @n_jobs: how many
 * @data: as given
 * @cancellable: (nullable): a cancellable
 * @error: that it was cancelled: what else goes wrong is a forecast
 *
 * Finds out what else will be refused, elsewhere than in the database.
 */
typedef gboolean (*WdPgBulkLook) (WdPgBulkJob *jobs, gsize n_jobs, gpointer data,
                                  GCancellable *cancellable, GError **error);

gboolean wd_pg_bulk_forecast (WdPgConnection *self, const WdPgColumns *columns, const char *run_id,
                              gint64 total, gboolean guarded, WdPgBulkLook look, gpointer data,
                              gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_bulk_forecast_wallets (WdPgConnection *self, const char *run_id, gint64 total,
                                      WdPgBulkLook look, gpointer data, gint64 deadline,
                                      GCancellable *cancellable, GError **error);
gboolean wd_pg_bulk_forecast_repeated (WdPgConnection *self, const char *run_id, gint64 deadline,
                                       GCancellable *cancellable, GError **error);

G_END_DECLS
