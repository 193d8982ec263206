/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "model/wd-job.h"
#include "model/wd-wallet-detail.h"

G_BEGIN_DECLS

WdJob          *wd_wire_read_job (const char *object, GError **error);
WdWallet       *wd_wire_read_wallet (const char *object, GError **error);
WdWalletDetail *wd_wire_read_wallet_detail (const char *object, GError **error);

G_END_DECLS
