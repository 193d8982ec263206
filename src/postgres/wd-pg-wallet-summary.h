/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet-summary.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdWalletSummary *wd_pg_wallet_summary (WdPgConnection *connection, gint64 deadline,
                                       GCancellable *cancellable, GError **error);

G_END_DECLS
