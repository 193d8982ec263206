/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/palette/wd-palette-item.h"
#include "model/wd-job.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

WdPaletteItem *wd_palette_find_wallet (const WdWallet *wallet, const char *typed);
WdPaletteItem *wd_palette_find_job (const WdJob *job, const char *typed);

G_END_DECLS
