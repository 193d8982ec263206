/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

/**
 * WdSettlement:
 * @kept: (element-type WdOutboxEntry): its queue has the job: the promise is kept
 * @open: (element-type WdOutboxEntry): not known, or not now: the promise stays
 * @refused: (element-type WdOutboxEntry): the queue said no and wrote nothing
 * @overtaken: (element-type WdOutboxEntry): a retry whose job has completed after all
 * @reason: (nullable): why the open ones are
 *
 * Entries parted by what their queue answered. The arrays borrow the entries.
 */
typedef struct {
  GPtrArray *kept;
  GPtrArray *open;
  GPtrArray *refused;
  GPtrArray *overtaken;
  char *reason;
} WdSettlement;

WdSettlement *wd_settlement_new (GPtrArray *entries, GPtrArray *results, const GError *problem);
void          wd_settlement_free (WdSettlement *self);
gboolean      wd_settlement_write (WdSettlement *self, WdPgConnection *postgres, gint64 deadline,
                                   GError **error);

void wd_settle (WdLane *lane, GPtrArray *jobs, GPtrArray *entries, GPtrArray *results,
                const GError *problem, WdActionResult *action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSettlement, wd_settlement_free)

G_END_DECLS
