/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-outlook.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdOutlook *wd_rest_load_outlook (WdRestClient *client, const char *const *addresses,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
