/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdErrorGroup:
 * @name: what the messages have in common, “…” where they differ; "" for jobs that failed without
 *   a message. As `error_group` of a #WdJobFilter it finds the group's jobs
 * @sample: the newest message as it was written
 * @job_types: (array zero-terminated=1): types of its jobs, sorted
 * @job_id: the newest job's row
 * @n_jobs: failed jobs in the group
 * @n_wallets: different wallets among them
 * @n_last_day: those that failed in the last 24 hours
 * @n_day_before: those that failed in the 24 hours before
 * @first_failed_at: when the first of them failed
 * @last_failed_at: when the last of them failed
 *
 * Failed jobs whose messages differ only in addresses, hashes, ids, times and amounts.
 */
typedef struct {
  char *name;
  char *sample;
  char **job_types;
  char *job_id;
  gint64 n_jobs;
  gint64 n_wallets;
  gint64 n_last_day;
  gint64 n_day_before;
  WdTime first_failed_at;
  WdTime last_failed_at;
} WdErrorGroup;

WdErrorGroup *wd_error_group_new (void);
void          wd_error_group_free (WdErrorGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdErrorGroup, wd_error_group_free)

G_END_DECLS
