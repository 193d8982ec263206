/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "model/wd-alert-rule.h"
#include "model/wd-reading.h"

G_BEGIN_DECLS

/** WD_ALERT_STATS_WINDOW: seconds that the statistics look back over in any case. */
#define WD_ALERT_STATS_WINDOW (60 * 60)

void       wd_alert_inquiry_ask_async (WdBackend *backend, const WdAlertRules *rules,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
WdReading *wd_alert_inquiry_ask_finish (GAsyncResult *result, GError **error);

void wd_alert_inquiry_read (WdReading *reading, const WdAlertRules *rules, gint64 window,
                            const char *job_type, const WdHistoryPoint *total);

G_END_DECLS
