/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

GPtrArray *wd_rest_list_queues (WdRestClient *client, GCancellable *cancellable, GError **error);
gboolean   wd_rest_set_queue_paused (WdRestClient *client, const char *queue, gboolean paused,
                                     GCancellable *cancellable, GError **error);

G_END_DECLS
