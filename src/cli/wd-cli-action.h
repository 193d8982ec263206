/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-context.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

gboolean wd_cli_report_action (WdCliContext *context, const char *subject, WdActionResult *result,
                               GError **error);
gboolean wd_cli_report_nothing (WdCliContext *context, const char *subject, GError *failure,
                                GError **error);

G_END_DECLS
