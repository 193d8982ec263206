/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-arguments.h"
#include "model/wd-audit-filter.h"
#include "model/wd-filter.h"

G_BEGIN_DECLS

WdJobFilter    *wd_cli_job_filter (const WdCliArguments *arguments, GError **error);
WdAuditFilter  *wd_cli_audit_filter (const WdCliArguments *arguments, GError **error);
WdWalletFilter *wd_cli_wallet_filter (const WdCliArguments *arguments, GError **error);

G_END_DECLS
