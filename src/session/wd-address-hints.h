/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-address.h"

G_BEGIN_DECLS

char *wd_address_dup_hint (const WdAddress *address, const char *password);
char *wd_address_dup_tls_hint (const WdAddress *address, gboolean is_redis, gboolean has_authority);

G_END_DECLS
