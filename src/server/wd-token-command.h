/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "server/wd-server-options.h"

G_BEGIN_DECLS

gboolean wd_token_command (WdProfile *profile, const WdServerOptions *options, GError **error);

G_END_DECLS
