/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_DIRECT_BACKEND (wd_direct_backend_get_type ())
G_DECLARE_FINAL_TYPE (WdDirectBackend, wd_direct_backend, WD, DIRECT_BACKEND, GObject)

WdBackend *wd_direct_backend_new (WdProfile *profile);
void       wd_direct_backend_close (WdDirectBackend *self, guint milliseconds);

G_END_DECLS
