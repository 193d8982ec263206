/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "session/wd-alert-store.h"

G_BEGIN_DECLS

#define WD_TYPE_WATCH (wd_watch_get_type ())
G_DECLARE_FINAL_TYPE (WdWatch, wd_watch, WD, WATCH, GObject)

WdWatch *wd_watch_new (WdProfile *profile, WdBackend *backend);

void wd_watch_set_zone (WdWatch *self, GTimeZone *zone);
void wd_watch_set_notifies (WdWatch *self, gboolean notifies);
void wd_watch_set_running (WdWatch *self, gboolean running);
void wd_watch_take_stats (WdWatch *self, WdStats *stats);
void wd_watch_take_health (WdWatch *self, const WdHealth *health);
void wd_watch_look (WdWatch *self);

const char   *wd_watch_get_name (WdWatch *self);
GPtrArray    *wd_watch_get_incidents (WdWatch *self);
WdAlertRules *wd_watch_get_rules (WdWatch *self);
const char   *wd_watch_get_problem (WdWatch *self);
WdIncident   *wd_watch_find (WdWatch *self, const char *id);
guint         wd_watch_count (WdWatch *self, gboolean *is_critical);
WdTime        wd_watch_get_looked_at (WdWatch *self);
guint         wd_watch_get_unmeasured (WdWatch *self);

void       wd_watch_acknowledge_async (WdWatch *self, const char *id, GAsyncReadyCallback callback,
                                       gpointer data);
void       wd_watch_snooze_async (WdWatch *self, const char *id, WdTime until,
                                  GAsyncReadyCallback callback, gpointer data);
void       wd_watch_save_rules_async (WdWatch *self, WdAlertRules *rules,
                                      GAsyncReadyCallback callback, gpointer data);
void       wd_watch_load_history_async (WdWatch *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
gboolean   wd_watch_change_finish (WdWatch *self, GAsyncResult *result, GError **error);
GPtrArray *wd_watch_load_history_finish (WdWatch *self, GAsyncResult *result, GError **error);

G_END_DECLS
