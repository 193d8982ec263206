/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

WdBackend *wd_profile_make_backend (WdProfile *profile);
void       wd_profile_close_backend (WdBackend *backend, guint milliseconds);
gboolean   wd_profile_sees_queues (const WdProfile *profile, WdBackend *backend);

G_END_DECLS
