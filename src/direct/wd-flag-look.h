/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-flag-round.h"
#include "postgres/wd-pg-flagged.h"

G_BEGIN_DECLS

/**
 * WdFlagLook:
 * @lane: (unowned): the lane of writes
 * @request: (unowned): how many jobs there may be
 * @round: (unowned): gets what was found and made
 * @turn: for which flag
 * @room: how many jobs more this minute has room for
 * @cancellable: (unowned) (nullable): a cancellable
 *
 * One look at the wallets with a flag.
 */
typedef struct {
  WdLane *lane;
  const WdFlagRoundRequest *request;
  WdFlagRound *round;
  WdPgFlagTurn turn;
  guint room;
  GCancellable *cancellable;
} WdFlagLook;

gboolean wd_flag_look_at_page (WdFlagLook *self, char **after, GError **error);

G_END_DECLS
