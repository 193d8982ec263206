/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-arguments.h"
#include "model/wd-request.h"

G_BEGIN_DECLS

WdRetryRequest *wd_cli_retry_all_request (const WdCliArguments *arguments, GError **error);

G_END_DECLS
