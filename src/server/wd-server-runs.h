/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-origin.h"
#include "server/wd-server-pool.h"
#include "server/wd-server-tokens.h"

G_BEGIN_DECLS

/**
 * WdServerRuns:
 *
 * The bulk runs that this service works on. Main thread.
 */
typedef struct _WdServerRuns WdServerRuns;

/**
 * WdServerRunsFunc:
 * @error: (nullable): why nothing goes on
 * @data: as given
 */
typedef void (*WdServerRunsFunc) (const GError *error, gpointer data);

/**
 * WdServerRunsStart:
 * @WD_SERVER_RUNS_STARTED: it will be said whether it goes on
 * @WD_SERVER_RUNS_PAUSING: somebody has just stopped it, and its last slice is not done yet
 * @WD_SERVER_RUNS_FULL: others have to end first
 *
 * What came of a start.
 */
typedef enum {
  WD_SERVER_RUNS_STARTED,
  WD_SERVER_RUNS_PAUSING,
  WD_SERVER_RUNS_FULL,
} WdServerRunsStart;

WdServerRuns *wd_server_runs_new (WdServerPool *pool, WdServerTokens *tokens, guint most);
void          wd_server_runs_free (WdServerRuns *self);
WdServerRunsStart wd_server_runs_start (WdServerRuns *self, const char *id, WdOrigin *origin,
                                        WdApiToken *token, WdServerRunsFunc func, gpointer data);
gboolean      wd_server_runs_has (WdServerRuns *self, const char *id);
gboolean      wd_server_runs_stop (WdServerRuns *self, const char *id, WdServerRunsFunc func,
                                   gpointer data);
void          wd_server_runs_stop_all (WdServerRuns *self);
guint         wd_server_runs_get_n (WdServerRuns *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerRuns, wd_server_runs_free)

G_END_DECLS
