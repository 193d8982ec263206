/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "cli/wd-cli-command.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

WdCliArguments *wd_cli_arguments_new (const WdCliCommand *commands);
void            wd_cli_arguments_free (WdCliArguments *self);
gboolean        wd_cli_arguments_parse (WdCliArguments *self, const char *const *words,
                                        GError **error);

const WdCliCommand *wd_cli_arguments_get_command (const WdCliArguments *self);
const char         *wd_cli_arguments_get_words (const WdCliArguments *self);
const char *const  *wd_cli_arguments_get_operands (const WdCliArguments *self);

gboolean           wd_cli_arguments_has (const WdCliArguments *self, const char *option);
const char        *wd_cli_arguments_get (const WdCliArguments *self, const char *option);
const char *const *wd_cli_arguments_get_all (const WdCliArguments *self, const char *option);
WdTristate         wd_cli_arguments_get_boolean (const WdCliArguments *self, const char *option);
WdTime             wd_cli_arguments_get_time (const WdCliArguments *self, const char *option,
                                              gboolean end_of_day);
guint              wd_cli_arguments_get_limit (const WdCliArguments *self, const char *option,
                                               guint otherwise);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCliArguments, wd_cli_arguments_free)

G_END_DECLS
