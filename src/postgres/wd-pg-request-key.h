/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-origin.h"
#include "model/wd-result.h"
#include "model/wd-wallet.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/* What a key may have been used for. Words of the database: never to be changed. */
#define WD_PG_KEY_DISPATCH  "dispatch"
#define WD_PG_KEY_RETRY     "retry"
#define WD_PG_KEY_SET_FLAGS "set-flags"
#define WD_PG_KEY_BULK      "bulk"

/**
 * WdPgKept:
 * @key: under which it is kept
 * @is_other: it was used for another request; @refusal says so
 * @job: (nullable): as the transaction that used it left it
 * @delivered: whether its queue has it
 * @refusal: (nullable): why nothing more came of it
 *
 * What was done under a key.
 */
typedef struct {
  char *key;
  gboolean is_other;
  WdJob *job;
  gboolean delivered;
  GError *refusal;
} WdPgKept;

void wd_pg_kept_free (WdPgKept *self);

const char *wd_pg_request_key_jobs_sql (void);
WdPgParams *wd_pg_request_key_jobs_params (const WdOrigin *const *origins, const char *operation,
                                           const char *const *job_log_ids, gsize n);
gboolean    wd_pg_request_key_write_job (WdPgConnection *self, const WdOrigin *origin,
                                         const char *operation, const char *job_log_id,
                                         gint64 deadline, GCancellable *cancellable,
                                         GError **error);
gboolean    wd_pg_request_key_write_wallet (WdPgConnection *self, const WdOrigin *origin,
                                            const char *address, gint64 deadline,
                                            GCancellable *cancellable, GError **error);
const char *wd_pg_request_key_bulk_sql (void);
WdPgParams *wd_pg_request_key_bulk_params (const WdOrigin *origin, const char *run_id);
void        wd_pg_request_key_explain (WdPgConnection *self, GError **error);

GPtrArray *wd_pg_request_key_find_jobs (WdPgConnection *self, const WdOrigin *const *origins,
                                        gsize n, gint64 deadline, GCancellable *cancellable,
                                        GError **error);
gboolean wd_pg_request_key_find_wallet (WdPgConnection *self, const WdOrigin *origin,
                                        WdWallet **wallet, gint64 deadline,
                                        GCancellable *cancellable, GError **error);
gboolean wd_pg_request_key_find_bulk (WdPgConnection *self, const WdOrigin *origin, char **run_id,
                                      gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
