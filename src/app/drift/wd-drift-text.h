/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-drift.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

const char *wd_drift_text_remedy (WdDriftRemedy remedy);
char       *wd_drift_text_question (WdDriftRemedy remedy, guint n);
char       *wd_drift_text_consequences (WdDriftRemedy remedy, guint n, guint n_unproven);
char       *wd_drift_text_result (const WdOutboxReport *report);
char       *wd_drift_text_compared (gint64 n_jobs, gint64 n_rows);

G_END_DECLS
