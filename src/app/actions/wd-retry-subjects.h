/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-action-run.h"
#include "app/actions/wd-subject.h"
#include "model/wd-outlook.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

void       wd_retry_subjects_update (GListModel *subjects, GHashTable *jobs,
                                     const WdOutlook *outlook, const WdJobDetail *detail,
                                     gboolean reset, const WdProfile *profile);
char     **wd_retry_subjects_dup_wallets (GHashTable *jobs);
GPtrArray *wd_retry_subjects_collect (GListModel *subjects, GHashTable *jobs, guint *n_failed);
void       wd_retry_subjects_add_requests (GPtrArray *subjects, WdActionRun *run, gboolean reset);

G_END_DECLS
