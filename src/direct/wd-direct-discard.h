/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-outbox.h"

G_BEGIN_DECLS

/* A fact in the database, so not translated; the other is WD_RETRY_PERHAPS_RAN. */
#define WD_DIRECT_DISCARDED "discarded before it was queued"

WdOutboxReport *wd_direct_discard_outbox (WdLane *lane, const char *const *ids,
                                          GCancellable *cancellable, GError **error);

/* Behind a tombstone, inside a transaction. */
gboolean wd_direct_take_back_discarded (WdPgConnection *postgres, GPtrArray *entries,
                                        const WdBullmqSite *site, const WdPgTakeBack *how,
                                        GPtrArray *perhaps, gint64 deadline, GError **error);

G_END_DECLS
