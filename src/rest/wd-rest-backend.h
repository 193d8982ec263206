/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_REST_BACKEND (wd_rest_backend_get_type ())
G_DECLARE_FINAL_TYPE (WdRestBackend, wd_rest_backend, WD, REST_BACKEND, GObject)

WdBackend *wd_rest_backend_new (WdProfile *profile);
void       wd_rest_backend_close (WdRestBackend *self, guint milliseconds);

G_END_DECLS
