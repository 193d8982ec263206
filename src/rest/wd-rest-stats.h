/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-stats.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdStats   *wd_rest_load_stats (WdRestClient *client, GCancellable *cancellable, GError **error);
GPtrArray *wd_rest_run_doctor (WdRestClient *client, GCancellable *cancellable, GError **error);

G_END_DECLS
