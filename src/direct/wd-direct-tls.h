/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-check.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

WdCheck *wd_direct_check_tls_to_postgres (const WdProfile *profile);
WdCheck *wd_direct_check_tls_to_redis (const WdProfile *profile);

G_END_DECLS
