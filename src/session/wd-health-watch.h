/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_HEALTH_WATCH (wd_health_watch_get_type ())
G_DECLARE_FINAL_TYPE (WdHealthWatch, wd_health_watch, WD, HEALTH_WATCH, GObject)

WdHealthWatch *wd_health_watch_new (WdBackend *backend);
WdHealth      *wd_health_watch_get_health (WdHealthWatch *self);
const GError  *wd_health_watch_get_error (WdHealthWatch *self);
void           wd_health_watch_hold (WdHealthWatch *self);
void           wd_health_watch_release (WdHealthWatch *self);
void           wd_health_watch_changed (WdHealthWatch *self);
void           wd_health_watch_tick (WdHealthWatch *self);

G_END_DECLS
