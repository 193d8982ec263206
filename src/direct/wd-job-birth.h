/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"

G_BEGIN_DECLS

void     wd_job_birth_limits (const char *job_id, const char *id, WdTime created,
                              gint64 *since_ms, gint64 *until_ms);
gboolean wd_job_birth_fits (const WdJob *row, const char *id, gint64 made_ms);

G_END_DECLS
