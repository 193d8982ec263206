/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-saved-view.h"

G_BEGIN_DECLS

WdSavedView *wd_saved_view_file_read (GKeyFile *file, const char *name);
void         wd_saved_view_file_write (GKeyFile *file, WdSavedView *view);

G_END_DECLS
