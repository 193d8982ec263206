/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "model/wd-alert-metric.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_SERVER_PULSE (wd_server_pulse_get_type ())
G_DECLARE_FINAL_TYPE (WdServerPulse, wd_server_pulse, WD, SERVER_PULSE, GObject)

/**
 * WdServerPulseFunc:
 * @database: whether it answers
 * @queues: whether Redis does; unset where there is none
 * @data: as given
 *
 * Called once, at once where that is known.
 */
typedef void (*WdServerPulseFunc) (gboolean database, WdTristate queues, gpointer data);

WdServerPulse *wd_server_pulse_new (WdProfile *profile, WdBackend *backend);
void           wd_server_pulse_ask (WdServerPulse *self, WdServerPulseFunc func, gpointer data);
const WdStats *wd_server_pulse_get_stats (WdServerPulse *self);
guint          wd_server_pulse_count_alerts (WdServerPulse *self, WdSeverity severity);
void           wd_server_pulse_stop (WdServerPulse *self);

G_END_DECLS
