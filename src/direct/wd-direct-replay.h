/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-request.h"
#include "model/wd-result.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

gboolean        wd_direct_replay_bulk (WdLane *lane, const WdOrigin *origin, char **run_id,
                                       GCancellable *cancellable, GError **error);
gboolean        wd_direct_replay (WdLane *lane, const WdOrigin *origin, WdActionResult **result,
                                  GCancellable *cancellable, GError **error);
WdActionResult *wd_direct_look_again (WdLane *lane, const WdOrigin *origin, WdActionResult *result,
                                      GCancellable *cancellable);
WdDispatchRequest *wd_direct_replay_many (WdLane *lane, const WdDispatchRequest *request,
                                          WdActionResult *result, GCancellable *cancellable,
                                          GError **error);
void            wd_direct_look_again_many (WdLane *lane, const WdDispatchRequest *request,
                                           WdActionResult *result, GCancellable *cancellable);
WdWallet       *wd_direct_set_flags (WdLane *lane, const char *address, WdTristate needs_gas,
                                     WdTristate needs_consolidation, const WdOrigin *origin,
                                     GCancellable *cancellable, GError **error);

G_END_DECLS
