/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-direct-backend.h"

G_BEGIN_DECLS

/**
 * WdServerWork:
 *
 * Kinds of work that do not wait for one another in a backend.
 */
typedef enum {
  WD_SERVER_LISTS,
  WD_SERVER_WATCH,
  WD_SERVER_WRITES,
  WD_SERVER_RUNS,
  WD_SERVER_FREEZES,
  WD_SERVER_N_WORKS,
} WdServerWork;

/**
 * WdServerPool:
 *
 * A few backends, each with lanes of its own. Main thread.
 */
typedef struct _WdServerPool WdServerPool;

WdServerPool *wd_server_pool_new (WdProfile *profile, guint n_backends);
void          wd_server_pool_free (WdServerPool *self);
WdBackend    *wd_server_pool_take (WdServerPool *self, WdServerWork work, guint *place);
void          wd_server_pool_give_back (WdServerPool *self, WdServerWork work, guint place);
void          wd_server_pool_close (WdServerPool *self, guint milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerPool, wd_server_pool_free)

G_END_DECLS
