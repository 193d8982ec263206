/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_DRIFT_FINDINGS (wd_drift_findings_get_type ())
G_DECLARE_FINAL_TYPE (WdDriftFindings, wd_drift_findings, WD, DRIFT_FINDINGS, GtkWidget)

void wd_drift_findings_show (WdDriftFindings *self, WdWorkspace *workspace, WdDriftReport *report);
void wd_drift_findings_set_busy (WdDriftFindings *self, gboolean busy);
void wd_drift_findings_tick (WdDriftFindings *self, WdTime now);

G_END_DECLS
