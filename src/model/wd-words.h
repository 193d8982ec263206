/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdJobStatus:
 * @WD_JOB_STATUS_OTHER: a word that is none of these; shown as it is
 *
 * What a status word means. `processing`, of the other kind of table, is active.
 */
typedef enum {
  WD_JOB_STATUS_PENDING,
  WD_JOB_STATUS_ACTIVE,
  WD_JOB_STATUS_COMPLETED,
  WD_JOB_STATUS_FAILED,
  WD_JOB_STATUS_RETRYING,
  WD_JOB_STATUS_CANCELLED,
  WD_JOB_STATUS_OTHER,
} WdJobStatus;

WdJobStatus wd_job_status_from_string (const char *word);
const char *wd_job_status_label (const char *word);
char *wd_job_status_in_text (const char *word);

/* The words themselves, NULL-terminated, in the order shown. */
const char *const *wd_job_status_words (void);
const char *const *wd_trigger_words (void);
const char *wd_trigger_label (const char *word);
const char *const *wd_queue_state_words (void);
const char *wd_queue_state_label (const char *state);
char *wd_queue_state_in_text (const char *state);

/**
 * WdPriority:
 *
 * The platform's scale, as in `job_logs.data`: larger is more urgent.
 */
typedef enum {
  WD_PRIORITY_LOW = 1,
  WD_PRIORITY_NORMAL = 5,
  WD_PRIORITY_HIGH = 10,
} WdPriority;

gboolean wd_priority_from_string (const char *word, WdPriority *priority, GError **error);

/**
 * WdWorkerStatus:
 *
 * What a worker card says first.
 */
typedef enum {
  WD_WORKER_STATUS_ACTIVE,
  WD_WORKER_STATUS_IDLE,
  WD_WORKER_STATUS_ERROR,
  WD_WORKER_STATUS_STOPPED,
} WdWorkerStatus;

const char *wd_worker_status_word (WdWorkerStatus status);
const char *wd_worker_status_label (WdWorkerStatus status);

G_END_DECLS
