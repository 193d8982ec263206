/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-flags.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdWallet     *wd_rest_set_flags (WdRestClient *client, const char *address, WdTristate needs_gas,
                                 WdTristate needs_consolidation, GError **error);
WdFlagResult *wd_rest_change_flag (WdRestClient *client, const WdFlagRequest *request,
                                   GCancellable *cancellable, GError **error);

G_END_DECLS
