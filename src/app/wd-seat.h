/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-options.h"
#include "app/wd-window.h"

G_BEGIN_DECLS

#define WD_TYPE_SEAT (wd_seat_get_type ())
G_DECLARE_FINAL_TYPE (WdSeat, wd_seat, WD, SEAT, GObject)

WdSeat        *wd_seat_new (GtkApplication *application, const WdOptions *options,
                            GSettings *settings);
void           wd_seat_open (WdSeat *self, const char *name);
WdWindow      *wd_seat_present (WdSeat *self);
void           wd_seat_activate (WdSeat *self, const char *action, GVariant *target);
WdWindow      *wd_seat_get_window (WdSeat *self);
WdConnections *wd_seat_get_connections (WdSeat *self);

G_END_DECLS
