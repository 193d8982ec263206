/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-error-report.h"
#include "model/wd-filter.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdErrorReport *wd_rest_load_error_report (WdRestClient *client, const WdJobFilter *filter,
                                          gboolean all, GCancellable *cancellable,
                                          GError **error);

G_END_DECLS
