/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-profile.h"
#include "session/wd-alert-answer.h"

G_BEGIN_DECLS

#define WD_TYPE_ALERT_STORE (wd_alert_store_get_type ())
G_DECLARE_FINAL_TYPE (WdAlertStore, wd_alert_store, WD, ALERT_STORE, GObject)

WdAlertStore *wd_alert_store_new (WdProfile *profile);
void          wd_alert_store_set_zone (WdAlertStore *self, GTimeZone *zone);
void          wd_alert_store_set_notifies (WdAlertStore *self, gboolean notifies);

void wd_alert_store_feed_async (WdAlertStore *self, WdReading *reading, WdTime now,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);
void wd_alert_store_acknowledge_async (WdAlertStore *self, const char *id, WdTime now,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
void wd_alert_store_snooze_async (WdAlertStore *self, const char *id, WdTime until, WdTime now,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
void wd_alert_store_save_rules_async (WdAlertStore *self, WdAlertRules *rules, WdTime now,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
void wd_alert_store_load_async (WdAlertStore *self, WdTime now, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
WdAlertAnswer *wd_alert_store_finish (WdAlertStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
