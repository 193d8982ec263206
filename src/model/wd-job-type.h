/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdJobType:
 * @name: as in `job_logs.job_type`
 * @worker_name: as the statistics call its worker
 * @queue: its BullMQ queue, unless the profile names another
 * @bullmq_name: its BullMQ job name, likewise
 * @attempts: BullMQ attempts of a job we queue, likewise
 * @backoff_type: BullMQ backoff, likewise
 * @backoff_ms: delay of that backoff, in milliseconds
 * @label: for people, not translated yet: use wd_job_type_label()
 * @icon_name: of its symbolic icon
 * @can_dispatch: whether an admin may queue one; deposits are detected, not ordered
 *
 * One kind of background work. Adding a kind is adding an entry to the table in wd-job-type.c.
 */
typedef struct {
  const char *name;
  const char *worker_name;
  const char *queue;
  const char *bullmq_name;
  int attempts;
  const char *backoff_type;
  gint64 backoff_ms;
  const char *label;
  const char *icon_name;
  gboolean can_dispatch;
} WdJobType;

const WdJobType *wd_job_types (gsize *n_types);
const WdJobType *wd_job_type_lookup (const char *name);
const char      *wd_job_type_label (const char *name);
char           **wd_job_type_dup_dispatched (void);

G_END_DECLS
