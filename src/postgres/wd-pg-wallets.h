/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-flags.h"
#include "model/wd-origin.h"
#include "model/wd-page.h"
#include "model/wd-wallet.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdPage   *wd_pg_wallets_list (WdPgConnection *connection, const WdWalletFilter *filter,
                              const WdPageRequest *request, gint64 deadline,
                              GCancellable *cancellable, GError **error);
char    **wd_pg_wallets_networks (WdPgConnection *connection, gint64 deadline,
                                  GCancellable *cancellable, GError **error);
WdWallet *wd_pg_wallets_set_flags (WdPgConnection *connection, const char *address,
                                   WdTristate needs_gas, WdTristate needs_consolidation,
                                   const WdOrigin *origin, gint64 deadline,
                                   GCancellable *cancellable, GError **error);
WdFlagResult *wd_pg_wallets_change_flag (WdPgConnection *connection, const WdFlagRequest *request,
                                         gint64 deadline, GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
