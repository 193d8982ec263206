/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

/**
 * WdSettled:
 * @WD_SETTLED_OPEN: not known, or not now: the promise stays
 * @WD_SETTLED_KEPT: its queue has the job: the promise is kept
 * @WD_SETTLED_REFUSED: the queue said no, and nobody can queue it any more
 * @WD_SETTLED_COMPLETED: the same of a retry whose job has completed after all
 * @WD_SETTLED_DISCARDED: an admin's tombstone stands
 *
 * What became of a promise.
 */
typedef enum {
  WD_SETTLED_OPEN,
  WD_SETTLED_KEPT,
  WD_SETTLED_REFUSED,
  WD_SETTLED_COMPLETED,
  WD_SETTLED_DISCARDED,
} WdSettled;

/**
 * WdSettlement:
 *
 * Some entries, what their queues answered, and what became of each.
 */
typedef struct _WdSettlement WdSettlement;

WdSettlement *wd_settlement_new (WdLane *lane, const WdBullmqSite *site, GPtrArray *entries,
                                 GPtrArray *results, const GError *problem);
void          wd_settlement_free (WdSettlement *self);
WdSettled     wd_settlement_get (WdSettlement *self, guint index);
gboolean      wd_settlement_is_answered (WdSettlement *self, guint index);
const char   *wd_settlement_get_message (WdSettlement *self, guint index);
gboolean      wd_settlement_write (WdSettlement *self, WdPgConnection *postgres, gint64 deadline,
                                   GError **error);

void wd_settle (WdLane *lane, const WdBullmqSite *site, GPtrArray *jobs, GPtrArray *entries,
                GPtrArray *results, const GError *problem, WdActionResult *action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSettlement, wd_settlement_free)

G_END_DECLS
