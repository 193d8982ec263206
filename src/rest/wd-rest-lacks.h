/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-ability.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

const char *wd_rest_lack_reason (WdAbility ability);
const char *wd_rest_server_get_lack (WdRestServer *server, WdAbility ability);
gboolean    wd_rest_lack_check (WdRestClient *client, WdAbility ability,
                                GCancellable *cancellable, GError **error);

G_END_DECLS
