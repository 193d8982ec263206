/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-queue-news.h"
#include "model/wd-health.h"
#include "model/wd-profile.h"
#include "model/wd-queue-activity.h"

G_BEGIN_DECLS

/**
 * WdHealthFacts:
 * @names: (element-type utf8): the queues that were found
 * @names_until: monotonic: when it is time to look again
 * @counts: (nullable) (element-type WdQueueCounts): what they held, where none of them worked
 * @activity: (nullable) (element-type WdQueueActivity): and what happened in them
 * @serial: of the news, before they were read
 * @read_at: monotonic: when they were read
 * @hold_until: monotonic: when they are to be read again, though nothing happened
 * @wallets: (nullable): the wallets in trouble as they were last counted
 * @wallets_until: monotonic: when it is time to count them again
 * @doubts: how often somebody wanted to see all of it anew, when it was read
 *
 * What is known of what is wrong: of the queues, to be believed while nothing happens; of the
 * wallets, for a while, since to count them costs more. Of one thread.
 */
typedef struct {
  GPtrArray *names;
  gint64 names_until;
  GPtrArray *counts;
  GPtrArray *activity;
  int serial;
  gint64 read_at;
  gint64 hold_until;
  WdHealth *wallets;
  gint64 wallets_until;
  int doubts;
} WdHealthFacts;

void     wd_health_facts_clear (WdHealthFacts *self);
void     wd_health_facts_heed (WdHealthFacts *self, WdQueueNews *news);
void     wd_health_facts_keep_names (WdHealthFacts *self, GPtrArray *names);
gboolean wd_health_facts_have_names (const WdHealthFacts *self);
void     wd_health_facts_keep (WdHealthFacts *self, GPtrArray *counts, GPtrArray *activity,
                              const WdProfile *profile, int serial);
gboolean wd_health_facts_hold (const WdHealthFacts *self, WdQueueNews *news);

void            wd_health_facts_keep_wallets (WdHealthFacts *self, WdHealth *health);
const WdHealth *wd_health_facts_get_wallets (const WdHealthFacts *self);

G_END_DECLS
