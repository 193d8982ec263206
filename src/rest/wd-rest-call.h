/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-bulk-request.h"
#include "model/wd-filter.h"
#include "model/wd-flags.h"
#include "model/wd-page.h"
#include "model/wd-request.h"

G_BEGIN_DECLS

/**
 * WdRestCall:
 *
 * The arguments of one call of the backend's, on their way to a worker. Each uses a few.
 */
typedef struct {
  char *text;                    /* (owned) (nullable): an id, an address or a queue */
  char **ids;                    /* (owned) (nullable) */
  WdJobFilter *job_filter;       /* (owned) (nullable) */
  WdWalletFilter *wallet_filter; /* (owned) (nullable) */
  WdPageRequest *page;           /* (owned) (nullable) */
  WdDispatchRequest *dispatch;   /* (owned) (nullable) */
  WdRetryRequest *retry;         /* (owned) (nullable) */
  WdFlagRequest *flags;          /* (owned) (nullable) */
  WdBulkRequest *bulk;           /* (owned) (nullable) */
  WdTristate needs_gas;
  WdTristate needs_consolidation;
  gboolean paused;
  gboolean all;                  /* not only the newest */
  gboolean begun;                /* of a bulk run: it was told to go on before */
} WdRestCall;

WdRestCall *wd_rest_call_new (void);
void        wd_rest_call_free (WdRestCall *self);

/* #WdWorkerFunc for lanes whose resource is a #WdRestClient: each answers its task. */

void wd_rest_call_load_stats (GTask *task, gpointer client, gpointer data,
                              GCancellable *cancellable);
void wd_rest_call_list_jobs (GTask *task, gpointer client, gpointer data,
                             GCancellable *cancellable);
void wd_rest_call_load_error_report (GTask *task, gpointer client, gpointer data,
                                     GCancellable *cancellable);
void wd_rest_call_load_job (GTask *task, gpointer client, gpointer data,
                            GCancellable *cancellable);
void wd_rest_call_find_jobs (GTask *task, gpointer client, gpointer data,
                             GCancellable *cancellable);
void wd_rest_call_list_wallets (GTask *task, gpointer client, gpointer data,
                                GCancellable *cancellable);
void wd_rest_call_load_wallet (GTask *task, gpointer client, gpointer data,
                               GCancellable *cancellable);
void wd_rest_call_list_networks (GTask *task, gpointer client, gpointer data,
                                 GCancellable *cancellable);
void wd_rest_call_load_outlook (GTask *task, gpointer client, gpointer data,
                                GCancellable *cancellable);
void wd_rest_call_dispatch (GTask *task, gpointer client, gpointer data,
                            GCancellable *cancellable);
void wd_rest_call_retry (GTask *task, gpointer client, gpointer data,
                         GCancellable *cancellable);
void wd_rest_call_set_flags (GTask *task, gpointer client, gpointer data,
                             GCancellable *cancellable);
void wd_rest_call_change_flag (GTask *task, gpointer client, gpointer data,
                               GCancellable *cancellable);
void wd_rest_call_list_queues (GTask *task, gpointer client, gpointer data,
                               GCancellable *cancellable);
void wd_rest_call_set_queue_paused (GTask *task, gpointer client, gpointer data,
                                    GCancellable *cancellable);
void wd_rest_call_freeze_bulk (GTask *task, gpointer client, gpointer data,
                               GCancellable *cancellable);
void wd_rest_call_go_bulk (GTask *task, gpointer client, gpointer data,
                           GCancellable *cancellable);
void wd_rest_call_look_bulk (GTask *task, gpointer client, gpointer data,
                             GCancellable *cancellable);
void wd_rest_call_load_bulk (GTask *task, gpointer client, gpointer data,
                             GCancellable *cancellable);
void wd_rest_call_list_bulk (GTask *task, gpointer client, gpointer data,
                             GCancellable *cancellable);
void wd_rest_call_pause_bulk (GTask *task, gpointer client, gpointer data,
                              GCancellable *cancellable);
void wd_rest_call_discard_bulk (GTask *task, gpointer client, gpointer data,
                                GCancellable *cancellable);
void wd_rest_call_run_doctor (GTask *task, gpointer client, gpointer data,
                              GCancellable *cancellable);

G_END_DECLS
