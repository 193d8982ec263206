/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdFeed:
 *
 * What is read from the servers, each with an error of its own.
 */
typedef enum {
  WD_FEED_STATS,
  WD_FEED_JOBS,
  WD_FEED_WALLETS,
  WD_FEED_AUDIT,
  WD_FEED_JOB,
  WD_FEED_WALLET,
  WD_FEED_QUEUES,
} WdFeed;

#define WD_N_FEEDS (WD_FEED_QUEUES + 1)

typedef struct _WdTroubles WdTroubles;

WdTroubles   *wd_troubles_new (void);
void          wd_troubles_free (WdTroubles *self);
gboolean      wd_troubles_report (WdTroubles *self, WdFeed feed, const GError *error);
gboolean      wd_troubles_has (WdTroubles *self, WdFeed feed);
const GError *wd_troubles_get_worst (WdTroubles *self, WdFeed *feed, WdTime *since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdTroubles, wd_troubles_free)

G_END_DECLS
