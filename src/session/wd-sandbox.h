/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-address.h"

G_BEGIN_DECLS

const char *wd_sandbox_get_id (void);
char       *wd_sandbox_dup_socket_hint (const WdAddress *address, gboolean is_folder);

G_END_DECLS
