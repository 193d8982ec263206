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

const char *wd_pg_request_key_job_sql (void);
WdPgParams *wd_pg_request_key_job_params (const WdOrigin *origin, const char *operation,
                                          const char *job_log_id);
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

gboolean wd_pg_request_key_find_job (WdPgConnection *self, const WdOrigin *origin,
                                     WdActionResult *result, gboolean *found, gint64 deadline,
                                     GCancellable *cancellable, GError **error);
gboolean wd_pg_request_key_find_wallet (WdPgConnection *self, const WdOrigin *origin,
                                        WdWallet **wallet, gint64 deadline,
                                        GCancellable *cancellable, GError **error);
gboolean wd_pg_request_key_find_bulk (WdPgConnection *self, const WdOrigin *origin, char **run_id,
                                      gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
