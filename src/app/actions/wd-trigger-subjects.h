/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-action-run.h"
#include "app/actions/wd-subject.h"
#include "model/wd-job-type.h"
#include "model/wd-outlook.h"

G_BEGIN_DECLS

void   wd_trigger_subjects_update (GListModel *subjects, const WdOutlook *outlook,
                                   const WdJobType *type);
void   wd_trigger_subjects_sort (GListStore *subjects);
char **wd_trigger_subjects_dup_addresses (GListModel *subjects);
void   wd_trigger_subjects_add_requests (GPtrArray *subjects, WdActionRun *run,
                                         const WdJobType *type, WdPriority priority);

G_END_DECLS
