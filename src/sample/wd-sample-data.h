/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-sample.h"
#include "model/wd-job.h"

G_BEGIN_DECLS

/**
 * WdSampleData:
 *
 * Invented wallets and jobs, the same each time but for when they were.
 */
typedef struct _WdSampleData WdSampleData;

WdSampleData *wd_sample_data_new (WdTime now);
void          wd_sample_data_free (WdSampleData *self);

GPtrArray *wd_sample_data_get_wallets (WdSampleData *self);
GPtrArray *wd_sample_data_get_jobs (WdSampleData *self);
GArray    *wd_sample_data_get_queued (WdSampleData *self, const char *job_type);
GRand     *wd_sample_data_get_random (WdSampleData *self);
WdJob     *wd_sample_data_next_job (WdSampleData *self, WdTime now);

WdBullmqSampleJob wd_sample_data_queue_job (const WdJob *job, const char *state, WdTime at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSampleData, wd_sample_data_free)

G_END_DECLS
