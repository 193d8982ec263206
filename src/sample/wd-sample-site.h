/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job-type.h"
#include "postgres/wd-pg-sample.h"
#include "sample/wd-sample-data.h"
#include "sample/wd-sample-servers.h"

G_BEGIN_DECLS

/**
 * WdSampleQueue:
 * @type: (not owned): whose jobs it holds
 * @queue: (owned): its connection
 *
 * One queue of the sample.
 */
typedef struct {
  const WdJobType *type;
  WdBullmqSample *queue;
} WdSampleQueue;

/**
 * WdSampleSite:
 * @database: (owned): its connection
 * @queues: (owned) (array length=n_queues): one for each kind of job
 * @n_queues: how many
 * @data: (owned): what it was filled with
 *
 * The database and the queues of a sample. Belongs to one worker thread at a time.
 */
typedef struct {
  WdPgSample *database;
  WdSampleQueue *queues;
  gsize n_queues;
  WdSampleData *data;
} WdSampleSite;

WdSampleSite *wd_sample_site_make (WdSampleServers *servers, WdSampleProgress progress,
                                   gpointer user_data, GCancellable *cancellable, GError **error);
void          wd_sample_site_free (WdSampleSite *self);
WdSampleQueue *wd_sample_site_get_queue (WdSampleSite *self, const char *job_type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSampleSite, wd_sample_site_free)

G_END_DECLS
