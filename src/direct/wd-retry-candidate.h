/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-direct-pipe.h"
#include "direct/wd-lane.h"
#include "model/wd-request.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-bulk.h"

G_BEGIN_DECLS

/* One retry on its way through its slices. */
typedef struct {
  WdLane *lane;
  const WdRetryRequest *request;
  gboolean uses_queue;
  WdBullmqSite *site;      /* (owned) (nullable) */
  GHashTable *writable;    /* (owned) queue to nullable #GError: why it is not to be written */
  WdActionResult *result;
  const WdPgBulkRunner *runner; /* (unowned) (nullable): of a bulk run */
  WdDirectPipe *pipe;      /* (unowned) (nullable): likewise, delivers */
  GHashTable *frozen;      /* (owned) (nullable): row id to its #WdBulkItem */
  GHashTable *taken;       /* (owned) (nullable): of a bulk run its items say it; else which jobs
                            * earlier slices have retried, by wd_retry_dup_guard_key() */
  GHashTable *in_the_way;  /* (owned) (nullable): likewise, beside which jobs outside the order
                            * earlier slices have not retried others: the rows of those */
  gboolean stopped;        /* a transaction failed: the rest is not tried */
  GError *pause;           /* (owned) (nullable): why a bulk run cannot tell now what to do */
} WdRetry;

/* A job that passed the checks so far. */
typedef struct {
  WdJob *job;              /* (owned) */
  char *queue;             /* (owned) */
  char *id;                /* (owned) in the queue */
  char *options;           /* (owned) */
  gboolean automatic;      /* no job can be added under the id, which BullMQ made itself */
} WdRetryCandidate;

WdRetryCandidate *wd_retry_candidate_new (WdRetry *self, WdJob *job, GCancellable *cancellable);
void              wd_retry_candidate_free (WdRetryCandidate *self);
int               wd_retry_read_priority (const WdJob *job);
gboolean          wd_retry_check_queues (WdRetry *self, GPtrArray *candidates,
                                         GCancellable *cancellable, GError **error);

G_END_DECLS
