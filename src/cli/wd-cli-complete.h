/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-command.h"

G_BEGIN_DECLS

char *wd_cli_complete (const WdCliCommand *commands, const char *const *words,
                       const char *const *profiles);

G_END_DECLS
