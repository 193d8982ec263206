/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-worker-thread.h"
#include "session/wd-saved-views.h"

G_BEGIN_DECLS

void      wd_saved_views_take (WdSavedViews *self, GPtrArray *views);
void      wd_saved_views_push (WdSavedViews *self, GTask *task, WdWorkerFunc func);
GKeyFile *wd_saved_views_read_own (const char *path, GError **error);

G_END_DECLS
