/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-run.h"
#include "server/wd-server-request.h"

G_BEGIN_DECLS

void     wd_server_answer_bulk (WdServerRequest *request, guint status, WdBulkRun *run,
                                const GError *error);
gboolean wd_server_bulk_must_confirm (WdServerRequest *request, const WdBulkRun *run);

G_END_DECLS
