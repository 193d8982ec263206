/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-arguments.h"
#include "cli/wd-cli-context.h"

G_BEGIN_DECLS

gboolean wd_cli_export (WdCliContext *context, const WdCliArguments *arguments,
                        WdExportRequest *request, GError **error);

G_END_DECLS
