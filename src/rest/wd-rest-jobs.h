/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-page.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdPage *wd_rest_list_jobs (WdRestClient *client, const WdJobFilter *filter,
                           const WdPageRequest *request, GCancellable *cancellable, GError **error);

G_END_DECLS
