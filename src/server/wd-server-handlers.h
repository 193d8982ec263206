/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/wd-server-request.h"

G_BEGIN_DECLS

/* What answers each route. */

void wd_server_handle_dispatch (WdServerRequest *request);
void wd_server_handle_retry (WdServerRequest *request);
void wd_server_handle_flags (WdServerRequest *request);
void wd_server_handle_jobs (WdServerRequest *request);
void wd_server_handle_job (WdServerRequest *request);
void wd_server_handle_errors (WdServerRequest *request);
void wd_server_handle_wallets (WdServerRequest *request);
void wd_server_handle_stats (WdServerRequest *request);
void wd_server_handle_bulk_list (WdServerRequest *request);
void wd_server_handle_bulk_show (WdServerRequest *request);
void wd_server_handle_bulk_freeze (WdServerRequest *request);
void wd_server_handle_bulk_run (WdServerRequest *request);
void wd_server_handle_bulk_stop (WdServerRequest *request);
void wd_server_handle_bulk_discard (WdServerRequest *request);
void wd_server_handle_metrics (WdServerRequest *request);
void wd_server_handle_openapi (WdServerRequest *request);
void wd_server_handle_events (WdServerRequest *request);
void wd_server_handle_queues (WdServerRequest *request);
void wd_server_handle_queue_order (WdServerRequest *request);
void wd_server_handle_health (WdServerRequest *request);
void wd_server_handle_ready (WdServerRequest *request);

G_END_DECLS
