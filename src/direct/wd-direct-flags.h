/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-direct-backend.h"
#include "model/wd-flag-round.h"

G_BEGIN_DECLS

void         wd_direct_serve_flags_async (WdDirectBackend *self, const WdFlagRoundRequest *request,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
WdFlagRound *wd_direct_serve_flags_finish (WdDirectBackend *self, GAsyncResult *result,
                                           GError **error);

G_END_DECLS
