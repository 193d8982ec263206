/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-arguments.h"
#include "cli/wd-cli-context.h"
#include "session/wd-list-kind.h"

G_BEGIN_DECLS

WdPage        *wd_cli_read_page (WdCliContext *context, const WdListKind *kind,
                                 gconstpointer filter, WdPageRequest *request, GError **error);
WdPageRequest *wd_cli_page_request (const WdCliArguments *arguments);
void           wd_cli_tell_rest (const WdPage *page);

G_END_DECLS
