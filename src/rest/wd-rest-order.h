/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-result.h"
#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

WdRestAnswer *wd_rest_order_send (WdRestClient *client, const char *path, const char *body,
                                  GError **error);
void          wd_rest_order_doubt (const WdRestAnswer *answer, GError **error);
void          wd_rest_order_leave_rest (WdActionResult *result, char **subjects, GError **error);
void          wd_rest_order_refuse_busy (WdActionResult *result, const char *subject,
                                         const WdJob *job);
void          wd_rest_order_describe (WdActionResult *result);

G_END_DECLS
