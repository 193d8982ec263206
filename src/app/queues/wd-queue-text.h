/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-queue-order.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

const char *wd_queue_text_title (WdQueueAction action);
const char *wd_queue_text_meaning (WdQueueAction action, guint n_jobs);
char       *wd_queue_text_go (WdQueueAction action, guint n_jobs);
char       *wd_queue_text_question (WdQueueAction action, guint n_jobs, const char *queue);
char       *wd_queue_text_summary (const WdQueuePlan *plan);
char       *wd_queue_text_item (const WdQueueItem *item);
char       *wd_queue_text_report (WdQueueAction action, const WdOutboxReport *report);

G_END_DECLS
