/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-request.h"

G_BEGIN_DECLS

char *wd_wire_send_bulk (const WdBulkRequest *request);
char *wd_wire_send_bulk_go (gint64 confirm);

G_END_DECLS
