/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_COURIER (wd_courier_get_type ())
G_DECLARE_FINAL_TYPE (WdCourier, wd_courier, WD, COURIER, GObject)

WdCourier *wd_courier_new (WdProfile *profile, WdBackend *backend);
void       wd_courier_look (WdCourier *self, gint64 undelivered);

G_END_DECLS
