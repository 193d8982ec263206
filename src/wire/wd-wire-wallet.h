/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-wallet.h"
#include "wire/wd-wire-field.h"

G_BEGIN_DECLS

const WdWireField *wd_wire_wallet_fields (void);

void wd_wire_wallet (WdJsonWriter *writer, const WdWallet *wallet);

G_END_DECLS
