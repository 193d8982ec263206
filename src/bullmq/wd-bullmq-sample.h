/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdBullmqSample:
 *
 * One queue of sample data: what fills it, and the worker that takes its jobs. It is given the
 * folder of a sample and makes its connection itself; there is none to another Redis.
 */
typedef struct _WdBullmqSample WdBullmqSample;

/**
 * WdBullmqSampleJob:
 * @id: of the job
 * @name: BullMQ job name
 * @data: text of a JSON object
 * @attempts: at least 1
 * @created: when
 * @state: `waiting`, `delayed` or `failed`
 * @at: when it is due, or when it failed
 * @priority: BullMQ's; 0 is none
 * @made: attempts made so far
 * @reason: (nullable): why the last one failed
 *
 * A job to begin with. All strings are borrowed.
 */
typedef struct {
  const char *id;
  const char *name;
  const char *data;
  int attempts;
  WdTime created;
  const char *state;
  WdTime at;
  int priority;
  int made;
  const char *reason;
} WdBullmqSampleJob;

/**
 * WdBullmqSampleTaken:
 * @id: (owned): of the job
 * @data: (owned): text of a JSON object
 * @attempts: that it has
 * @made: that were made before this one
 *
 * A job that was taken from a queue.
 */
typedef struct {
  char *id;
  char *data;
  int attempts;
  int made;
} WdBullmqSampleTaken;

WdBullmqSample *wd_bullmq_sample_new (const char *folder, const char *prefix, const char *queue,
                                      const char *mark, GError **error);
void            wd_bullmq_sample_free (WdBullmqSample *self);

gboolean wd_bullmq_sample_begin (WdBullmqSample *self, gint64 deadline, GCancellable *cancellable,
                                 GError **error);
gboolean wd_bullmq_sample_put (WdBullmqSample *self, const WdBullmqSampleJob *jobs, gsize n_jobs,
                               gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_bullmq_sample_take (WdBullmqSample *self, WdBullmqSampleTaken **taken, gint64 deadline,
                                GCancellable *cancellable, GError **error);
gboolean wd_bullmq_sample_finish (WdBullmqSample *self, const char *id, const char *value,
                                  gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_bullmq_sample_fail (WdBullmqSample *self, const WdBullmqSampleTaken *job,
                                const char *reason, gint64 backoff_ms, gint64 deadline,
                                GCancellable *cancellable, GError **error);

void wd_bullmq_sample_taken_free (WdBullmqSampleTaken *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBullmqSample, wd_bullmq_sample_free)

G_END_DECLS
