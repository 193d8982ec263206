/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-context.h"

G_BEGIN_DECLS

WdQueuePlan *wd_cli_plan_queue (WdCliContext *context, const WdQueueOrder *order, GError **error);
void         wd_cli_show_queue_plan (WdCliContext *context, const WdQueuePlan *plan);
gboolean     wd_cli_run_queue (WdCliContext *context, WdQueuePlan *plan, GError **error);

G_END_DECLS
