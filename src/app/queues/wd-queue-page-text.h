/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-queue-jobs.h"

G_BEGIN_DECLS

char       *wd_queue_page_text_range (const WdQueueJobs *jobs);
char       *wd_queue_page_text_note (const WdQueueJobs *jobs, const GError *error);
const char *wd_queue_page_text_nothing (const char *state);

G_END_DECLS
