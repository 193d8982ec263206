/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdBullmqQueue:
 * @prefix: of all BullMQ keys, usually `bull`
 * @name: of the queue
 *
 * Which queue. Whoever makes one on the stack keeps owning both strings.
 */
typedef struct {
  char *prefix;
  char *name;
} WdBullmqQueue;

/**
 * WdBullmqBirth:
 * @since_ms: the earliest time, in milliseconds, at which a job may have been made; 0 for any
 * @until_ms: the latest; 0 for any
 *
 * Tells the job that is meant from another one to which its queue gave the id since.
 */
typedef struct {
  gint64 since_ms;
  gint64 until_ms;
} WdBullmqBirth;

WdBullmqQueue *wd_bullmq_queue_new (const char *prefix, const char *name, GError **error);
void           wd_bullmq_queue_free (WdBullmqQueue *self);
char          *wd_bullmq_queue_describe (const WdBullmqQueue *self, const char *prefix);
gboolean       wd_bullmq_queue_check (const WdBullmqQueue *self, GError **error);

gboolean wd_bullmq_prefix_is_valid (const char *prefix);
gboolean wd_bullmq_queue_name_is_valid (const char *name);
gboolean wd_bullmq_job_id_is_valid (const char *id);

char    *wd_bullmq_job_id_join (const char *queue, const char *id);
char    *wd_bullmq_job_id_of (const char *queue, const char *id);
char    *wd_bullmq_job_id_of_past (const char *job_id, WdTime made);
gboolean wd_bullmq_job_id_is_automatic (const char *id);
gboolean wd_bullmq_job_id_is_past (const char *id);
gboolean wd_bullmq_job_id_is_scheduled (const char *id);
gboolean wd_bullmq_job_id_may_return (const char *job_id, const char *id);
gboolean wd_bullmq_job_id_split (const char *job_id, const char *default_queue, char **queue,
                                 char **id);
gboolean wd_bullmq_job_key_split (const char *key, const char *prefix, WdBullmqQueue **queue,
                                  char **id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBullmqQueue, wd_bullmq_queue_free)

G_END_DECLS
