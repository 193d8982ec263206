/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet.h"

G_BEGIN_DECLS

char      *wd_sample_uuid (GRand *random);
GPtrArray *wd_sample_wallets_make (GRand *random, guint n_wallets, WdTime now);

G_END_DECLS
