/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdChange:
 * @WD_CHANGE_ROWS: jobs or wallets in the database
 * @WD_CHANGE_QUEUES: what the queues hold, or who works on them
 *
 * What may be other than it was when it was last read.
 */
typedef enum {
  WD_CHANGE_ROWS = 1 << 0,
  WD_CHANGE_QUEUES = 1 << 1,
} WdChange;

/**
 * WdLiveSource:
 * @WD_LIVE_DATABASE: PostgreSQL's notifications
 * @WD_LIVE_QUEUES: the event streams of the queues
 */
typedef enum {
  WD_LIVE_DATABASE,
  WD_LIVE_QUEUES,
  WD_N_LIVE_SOURCES,
} WdLiveSource;

/**
 * WdLiveState:
 * @WD_LIVE_OFF: nobody listens: it was not asked for, or there is no such server
 * @WD_LIVE_STARTING: not yet
 * @WD_LIVE_ON: changes tell of themselves
 * @WD_LIVE_SILENT: they do not, so whoever wants to know must ask
 */
typedef enum {
  WD_LIVE_OFF,
  WD_LIVE_STARTING,
  WD_LIVE_ON,
  WD_LIVE_SILENT,
} WdLiveState;

/**
 * WdLive:
 * @state: of each source
 * @since: since when it is so, or %WD_TIME_NONE
 * @reason: (nullable): why it is silent
 *
 * Which changes are told of by themselves. Immutable once published.
 */
typedef struct {
  WdLiveState state[WD_N_LIVE_SOURCES];
  WdTime since[WD_N_LIVE_SOURCES];
  char *reason[WD_N_LIVE_SOURCES];
} WdLive;

WD_DECLARE_RECORD (WdLive, wd_live)

WdLive  *wd_live_with (const WdLive *self, WdLiveSource source, WdLiveState state,
                       const char *reason);
gboolean wd_live_is_whole (const WdLive *self);

G_END_DECLS
