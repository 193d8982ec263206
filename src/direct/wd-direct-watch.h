/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "direct/wd-queue-news.h"
#include "model/wd-live.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_DIRECT_WATCH (wd_direct_watch_get_type ())
G_DECLARE_FINAL_TYPE (WdDirectWatch, wd_direct_watch, WD, DIRECT_WATCH, GObject)

WdDirectWatch *wd_direct_watch_new (WdProfile *profile, WdQueueNews *news);
void           wd_direct_watch_start (WdDirectWatch *self);
void           wd_direct_watch_stop (WdDirectWatch *self);
void           wd_direct_watch_wait (WdDirectWatch *self, guint milliseconds);
WdLive        *wd_direct_watch_get_live (WdDirectWatch *self);

G_END_DECLS
