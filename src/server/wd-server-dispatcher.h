/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-request.h"
#include "model/wd-result.h"
#include "server/wd-server-pool.h"

G_BEGIN_DECLS

/**
 * WdServerDispatcher:
 *
 * Lets dispatches that come at once, and are of one kind, be written by one transaction. Main
 * thread.
 */
typedef struct _WdServerDispatcher WdServerDispatcher;

/**
 * WdServerDispatcherFunc:
 * @result: (nullable): what came of it alone
 * @error: (nullable): why nothing did
 * @data: as given
 */
typedef void (*WdServerDispatcherFunc) (WdActionResult *result, const GError *error,
                                        gpointer data);

WdServerDispatcher *wd_server_dispatcher_new (WdServerPool *pool, guint most);
void                wd_server_dispatcher_free (WdServerDispatcher *self);
void                wd_server_dispatcher_push (WdServerDispatcher *self,
                                               WdDispatchRequest *dispatch,
                                               GCancellable *cancellable,
                                               WdServerDispatcherFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerDispatcher, wd_server_dispatcher_free)

G_END_DECLS
