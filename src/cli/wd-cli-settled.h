/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-context.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

gboolean wd_cli_report_settled (WdCliContext *context, const char *member, const char *line,
                                WdOutboxReport *result, GError **error);

G_END_DECLS
