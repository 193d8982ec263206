/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet.h"
#include "model/wd-words.h"

G_BEGIN_DECLS

char *wd_wire_send_dispatch (const char *address, const char *user_id, WdPriority priority);
char *wd_wire_send_retry (const char *id, gboolean reset, gboolean force);
char *wd_wire_send_flags (const char *address, WdTristate needs_gas,
                           WdTristate needs_consolidation);

G_END_DECLS
