/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-direct-pipe.h"
#include "direct/wd-lane.h"
#include "model/wd-request.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-bulk.h"
#include "postgres/wd-pg-flagged.h"

G_BEGIN_DECLS

WdActionResult *wd_direct_dispatch (WdLane *lane, const WdDispatchRequest *request,
                                    GCancellable *cancellable, GError **error);
WdActionResult *wd_direct_dispatch_frozen (WdLane *lane, WdDirectPipe *pipe,
                                           const WdPgBulkRunner *runner, GPtrArray *items,
                                           GCancellable *cancellable, GError **error);
WdActionResult *wd_direct_dispatch_flagged (WdLane *lane, WdPgFlagTurn *turn,
                                            const char *const *wallets, GCancellable *cancellable,
                                            GError **error);

G_END_DECLS
