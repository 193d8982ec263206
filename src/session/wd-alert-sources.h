/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "model/wd-alert-rule.h"
#include "model/wd-profile.h"
#include "model/wd-reading.h"

G_BEGIN_DECLS

/**
 * WdAlertSource:
 * @metrics: what it tells of, ended by %WD_N_ALERT_METRICS; none of these wanted: it is not asked
 * @interval: seconds between two answers
 * @slow: no round waits for it, and whoever looks only once does not ask it
 * @ask: asks; @stats are the ones last read
 * @read: takes the answer; what it does not fill in is not known
 * @needs_queues: where no queues are seen there is nothing to tell, and @metrics have no subjects
 * @tells: what it tells of tells of its changes, but for the queues of others
 *
 * One call that something is measured by.
 */
typedef struct {
  WdAlertMetric metrics[5];
  guint interval;
  gboolean slow;
  void (*ask) (WdBackend *backend, const WdAlertRules *rules, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer data);
  void (*read) (WdReading *reading, const WdProfile *profile, const WdAlertRules *rules,
                WdBackend *backend, GAsyncResult *result, GError **error);
  gboolean needs_queues;
  gboolean tells;
} WdAlertSource;

/**
 * WdAlertPast:
 * @n_failed: how often in a row it could not tell
 * @has_others: whether it told also of queues that nobody listens to, when it could the last time
 *
 * What is remembered of the answers of a source.
 */
typedef struct {
  guint n_failed;
  gboolean has_others;
} WdAlertPast;

const WdAlertSource *wd_alert_sources (gsize *n_sources);
gboolean             wd_alert_source_is_wanted (const WdAlertSource *self,
                                                const WdAlertRules *rules);
gint64               wd_alert_source_get_wait (const WdAlertSource *self, const WdAlertPast *past,
                                               gboolean unchanged, gboolean idle);
void                 wd_alert_source_remember (const WdAlertSource *self, const WdReading *told,
                                               const GError *error, WdAlertPast *past);
guint                wd_alert_source_get_bits (const WdAlertSource *self);
guint                wd_alert_find_unmeasured (const WdReading *reading,
                                               const WdAlertRules *rules);

void wd_alert_read_stats (WdReading *reading, gboolean has_queues, const WdAlertRules *rules,
                          const WdStats *stats);
void wd_alert_read_queues (WdReading *reading, const WdProfile *profile, GPtrArray *queues,
                           WdTime now);
void wd_alert_read_health (WdReading *reading, const WdProfile *profile, const WdHealth *health);
void wd_alert_read_drift (WdReading *reading, const WdDriftReport *report);
void wd_alert_read_connection (WdReading *reading, const WdProfile *profile, gboolean has_queues,
                               const WdStats *stats, const GError *error);

G_END_DECLS
