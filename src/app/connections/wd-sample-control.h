/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/connections/wd-connections.h"

G_BEGIN_DECLS

#define WD_TYPE_SAMPLE_CONTROL (wd_sample_control_get_type ())
G_DECLARE_FINAL_TYPE (WdSampleControl, wd_sample_control, WD, SAMPLE_CONTROL, GObject)

WdSampleControl *wd_sample_control_new (WdConnections *connections);

void          wd_sample_control_start (WdSampleControl *self);
void          wd_sample_control_cancel (WdSampleControl *self);
void          wd_sample_control_leave (WdSampleControl *self);
const char   *wd_sample_control_get_step (WdSampleControl *self);
const GError *wd_sample_control_get_error (WdSampleControl *self);

G_END_DECLS
