/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/wd-server-request.h"
#include "wire/wd-wire-order.h"

G_BEGIN_DECLS

typedef gboolean (*WdServerOrderFunc) (WdWireOrder *order, const char *json, gsize length,
                                       GError **error);

WdWireOrder *wd_server_order_read (WdServerRequest *request, WdServerOrderFunc read);
gboolean     wd_server_check_force (WdServerRequest *request, gboolean force);

G_END_DECLS
