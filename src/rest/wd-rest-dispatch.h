/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-request.h"
#include "model/wd-result.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdActionResult *wd_rest_dispatch (WdRestClient *client, const WdDispatchRequest *request,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
