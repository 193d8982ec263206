/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-history.h"
#include "model/wd-stats.h"

G_BEGIN_DECLS

gboolean wd_charts_text_is_empty (const WdHistory *history);
char    *wd_charts_text_precision (const WdHistory *history);
char    *wd_charts_text_queues (const WdStats *stats, const char *job_type);

G_END_DECLS
