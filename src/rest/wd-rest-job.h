/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-result.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdJobDetail *wd_rest_load_job (WdRestClient *client, const char *id, GCancellable *cancellable,
                               GError **error);
GPtrArray   *wd_rest_find_jobs (WdRestClient *client, const char *const *ids,
                                GCancellable *cancellable, GError **error);
GPtrArray   *wd_rest_jobs_of_wallet (WdRestClient *client, const char *address,
                                     const char *job_type, WdTime from, WdTime *date,
                                     GCancellable *cancellable, GError **error);
gboolean     wd_rest_job_is_under_way (const WdJob *job);
const WdJob *wd_rest_find_under_way (GPtrArray *jobs, const char *but);

G_END_DECLS
