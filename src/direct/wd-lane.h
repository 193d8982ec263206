/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-worker-thread.h"
#include "bullmq/wd-bullmq-queue.h"
#include "bullmq/wd-bullmq-site.h"
#include "direct/wd-health-facts.h"
#include "direct/wd-queue-news.h"
#include "model/wd-origin.h"
#include "model/wd-profile.h"
#include "postgres/wd-pg-connection.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/* How long a worker waits for one step of each kind, in milliseconds. */
#define WD_CONNECT_MS 5000
#define WD_READ_MS    8000
#define WD_PASS_MS    60000
#define WD_REPORT_MS  60000
#define WD_WRITE_MS   15000
#define WD_QUEUE_MS   3000
#define WD_LOCK_MS    2000

/**
 * WdLane:
 *
 * What one worker thread works with: a connection to each store, made on first use. Only its
 * thread touches it.
 */
typedef struct _WdLane WdLane;

WdLane          *wd_lane_new (WdProfile *profile);
void             wd_lane_free (WdLane *self);
void             wd_lane_disconnect (WdLane *self);
const WdProfile *wd_lane_get_profile (WdLane *self);

WdPgConnection    *wd_lane_get_postgres (WdLane *self, GCancellable *cancellable, GError **error);
void               wd_lane_act_for (WdLane *self, const WdOrigin *origin);
gboolean           wd_lane_acts_for_another (WdLane *self);
void               wd_lane_act_as (WdLane *self, const WdLane *other);
gboolean           wd_lane_has_redis (WdLane *self);
WdRedisConnection *wd_lane_get_redis (WdLane *self, GCancellable *cancellable, GError **error);
WdBullmqSite      *wd_lane_read_site (WdLane *self, gboolean create, GCancellable *cancellable,
                                      GError **error);

gboolean wd_lane_check_writable (WdLane *self, GCancellable *cancellable, GError **error);
GPtrArray *wd_lane_get_bulk_owners (WdLane *self, const char *run_id);
void     wd_lane_fold_counts (WdLane *self);

void       wd_lane_set_queue_news (WdLane *self, WdQueueNews *news);
int        wd_lane_begin_queue_counts (WdLane *self);
void       wd_lane_keep_queue_counts (WdLane *self, GPtrArray *counts, int serial);
GPtrArray *wd_lane_recall_queue_counts (WdLane *self);
WdHealthFacts *wd_lane_get_health_facts (WdLane *self, WdQueueNews **news);

G_END_DECLS
