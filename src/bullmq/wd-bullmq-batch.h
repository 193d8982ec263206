/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-result.h"
#include "bullmq/wd-bullmq-script.h"
#include "bullmq/wd-bullmq-site.h"

G_BEGIN_DECLS

/* Private to bullmq/: many jobs through a script of ours, in slices. */

typedef void  (*WdBullmqPrepare) (WdRedisCommand *command, gconstpointer *jobs, gsize n_jobs);
typedef void  (*WdBullmqAppend) (WdRedisCommand *command, gconstpointer job);
typedef gsize (*WdBullmqSize) (gconstpointer job);

/**
 * WdBullmqBatch:
 * @conn: connected; its serial is that of @site
 * @script: what to run
 * @word: (nullable): the script's own argument: the last event read, only for adding jobs again;
 *   the state of the jobs to remove
 * @prepare: (nullable): adds what comes before the jobs' arguments
 * @append: adds one job's arguments
 * @size: about how many bytes one job's arguments take
 * @fault_point: passed after each slice
 * @results: (element-type WdBullmqResult) (nullable elements): one place for each job of the whole
 */
typedef struct {
  WdRedisConnection *conn;
  const WdBullmqQueue *queue;
  const WdBullmqSite *site;
  WdBullmqScript script;
  const char *word;
  WdBullmqPrepare prepare;
  WdBullmqAppend append;
  WdBullmqSize size;
  const char *fault_point;
  gint64 deadline;
  GCancellable *cancellable;
  GPtrArray *results;
} WdBullmqBatch;

gboolean wd_bullmq_batch_run (const WdBullmqBatch *self, gconstpointer *jobs, const guint *places,
                              gsize n_jobs, gboolean *stream_moved, GError **error);

G_END_DECLS
