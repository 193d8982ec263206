/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-run.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdBulkRun *wd_rest_bulk_freeze (WdRestClient *client, const WdBulkRequest *request,
                                GCancellable *cancellable, GError **error);
WdBulkRun *wd_rest_bulk_go (WdRestClient *client, const char *id, gboolean begun, GError **error);
WdBulkRun *wd_rest_bulk_look (WdRestClient *client, const char *id, GCancellable *cancellable,
                              GError **error);
WdBulkRun *wd_rest_bulk_load (WdRestClient *client, const char *id, GCancellable *cancellable,
                              GError **error);
GPtrArray *wd_rest_bulk_list (WdRestClient *client, GCancellable *cancellable, GError **error);
WdBulkRun *wd_rest_bulk_pause (WdRestClient *client, const char *id, GError **error);
WdBulkRun *wd_rest_bulk_discard (WdRestClient *client, const char *id, GError **error);
void       wd_rest_bulk_explain (const WdBulkRun *run, GError **error);

G_END_DECLS
