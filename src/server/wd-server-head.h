/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/wd-server-request.h"

G_BEGIN_DECLS

/* Bytes of a body at most. */
#define WD_SERVER_BODY_MAX 65536

gboolean wd_server_head_check (WdServerRequest *request);

G_END_DECLS
