/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-page.h"
#include "model/wd-wallet-detail.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdPage         *wd_rest_list_wallets (WdRestClient *client, const WdWalletFilter *filter,
                                      const WdPageRequest *request, GCancellable *cancellable,
                                      GError **error);
WdWalletDetail *wd_rest_load_wallet (WdRestClient *client, const char *address,
                                     GCancellable *cancellable, GError **error);
GPtrArray      *wd_rest_find_wallets (WdRestClient *client, const char *const *addresses,
                                      gboolean *is_complete, GCancellable *cancellable,
                                      GError **error);
char          **wd_rest_list_networks (WdRestClient *client, GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
