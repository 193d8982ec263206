/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-request.h"
#include "model/wd-result.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdActionResult *wd_rest_retry (WdRestClient *client, const WdRetryRequest *request,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
