/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

/* A fact in the database, so not translated. */
#define WD_DIRECT_DISCARDED "discarded before it was queued"

WdOutboxReport *wd_direct_discard_outbox (WdLane *lane, const char *const *ids,
                                          GCancellable *cancellable, GError **error);

G_END_DECLS
