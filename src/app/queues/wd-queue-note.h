/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-queue.h"

G_BEGIN_DECLS

char *wd_queue_note (const WdQueueCounts *counts, gint64 finished_last_hour);

G_END_DECLS
