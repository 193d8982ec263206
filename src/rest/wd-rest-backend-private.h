/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-worker-thread.h"
#include "rest/wd-rest-backend.h"
#include "rest/wd-rest-call.h"
#include "rest/wd-rest-follower.h"

G_BEGIN_DECLS

/* Who does what, each over a connection of its own. */
typedef enum {
  WD_REST_LISTS,
  WD_REST_WATCH,
  WD_REST_WRITES,
  WD_REST_COUNTS,
  WD_REST_N_LANES,
} WdRestLane;

void             wd_rest_backend_push (WdBackend *backend, WdRestLane lane, GTask *task,
                                       WdRestCall *call, WdWorkerFunc func);
WdRestFollowers *wd_rest_backend_get_followers (WdBackend *backend);
void             wd_rest_backend_add_refusals (WdBackendInterface *iface);
void             wd_rest_backend_add_bulk (WdBackendInterface *iface);

G_END_DECLS
