/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

GPtrArray      *wd_direct_list_outbox (WdLane *lane, GCancellable *cancellable, GError **error);
WdOutboxReport *wd_direct_send_outbox (WdLane *lane, const char *const *ids, guint min_age_ms,
                                       GCancellable *cancellable, GError **error);

/* Shared with wd-direct-discard.c. */
gboolean wd_direct_validate_outbox_ids (const char *const *ids, GError **error);

G_END_DECLS
