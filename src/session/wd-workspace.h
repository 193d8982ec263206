/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "session/wd-bulk-runs.h"
#include "session/wd-health-watch.h"
#include "session/wd-paged-list.h"
#include "session/wd-troubles.h"
#include "session/wd-watch.h"

G_BEGIN_DECLS

#define WD_TYPE_WORKSPACE (wd_workspace_get_type ())
G_DECLARE_FINAL_TYPE (WdWorkspace, wd_workspace, WD, WORKSPACE, GObject)

WdWorkspace *wd_workspace_new (WdProfile *profile, WdBackend *backend);

WdProfile   *wd_workspace_get_profile (WdWorkspace *self);
WdBackend   *wd_workspace_get_backend (WdWorkspace *self);
gboolean     wd_workspace_has_queues (WdWorkspace *self);
WdPagedList *wd_workspace_get_jobs (WdWorkspace *self);
WdPagedList *wd_workspace_get_wallets (WdWorkspace *self);
WdPagedList *wd_workspace_get_audit (WdWorkspace *self);
WdBulkRuns  *wd_workspace_get_bulk (WdWorkspace *self);
WdWatch     *wd_workspace_get_watch (WdWorkspace *self);
WdStats     *wd_workspace_get_stats (WdWorkspace *self);

WdHealthWatch *wd_workspace_get_health (WdWorkspace *self);

void          wd_workspace_set_interval (WdWorkspace *self, guint seconds);
void          wd_workspace_set_zone (WdWorkspace *self, GTimeZone *zone);
void          wd_workspace_set_running (WdWorkspace *self, gboolean running);
void         wd_workspace_set_keeps_watching (WdWorkspace *self, gboolean keeps_watching);
void         wd_workspace_set_paused (WdWorkspace *self, gboolean paused);
gboolean     wd_workspace_get_paused (WdWorkspace *self);
gboolean     wd_workspace_is_live (WdWorkspace *self);
guint        wd_workspace_get_interval (WdWorkspace *self);
void          wd_workspace_refresh (WdWorkspace *self);
void          wd_workspace_report (WdWorkspace *self, WdFeed feed, const GError *error);
const GError *wd_workspace_get_trouble (WdWorkspace *self, WdFeed *feed, WdTime *since);

G_END_DECLS
