/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter-language.h"
#include "server/wd-server-query.h"

G_BEGIN_DECLS

/* Filters, as a query or a body names them. */

gboolean wd_server_filter_read_jobs (WdJobFilter *filter, WdServerQuery *query, GError **error);
gboolean wd_server_filter_read_wallets (WdWalletFilter *filter, WdServerQuery *query,
                                        GError **error);

gboolean wd_server_filter_read_line (const WdFilterLanguage *language, WdServerQuery *query,
                                     const char *const *beside, gpointer *filter,
                                     GError **error);

WdJobFilter *wd_server_filter_dup_jobs (WdServerQuery *query, GError **error);

const char *const *wd_server_filter_job_names (void);
const char *const *wd_server_filter_wallet_names (void);

G_END_DECLS
