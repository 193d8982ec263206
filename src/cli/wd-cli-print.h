/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-context.h"
#include "model/wd-job.h"
#include "model/wd-queue.h"

G_BEGIN_DECLS

/* One thing in full, a line for each of its fields. */

void wd_cli_print_field (WdCliContext *context, const char *name, const char *value);
void wd_cli_print_job (WdCliContext *context, const WdJob *job);
void wd_cli_print_queue_job (WdCliContext *context, const WdQueueJob *job);

G_END_DECLS
