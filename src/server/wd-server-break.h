/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/wd-server-request.h"

G_BEGIN_DECLS

void wd_server_break_off (WdServerRequest *request, guint status, const char *message);

G_END_DECLS
