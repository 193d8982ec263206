/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-add.h"
#include "bullmq/wd-bullmq-batch.h"

G_BEGIN_DECLS

/* Private to bullmq/: what adding shares with adding again. */

WdBullmqResult *wd_bullmq_add_refuse_invalid (const WdBullmqAdd *job);
void            wd_bullmq_add_batch_init (WdBullmqBatch *batch);
GPtrArray      *wd_bullmq_results_new (gsize n);

G_END_DECLS
