/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-window.h"

G_BEGIN_DECLS

typedef void (*WdScreenshotFunc) (gboolean success, gpointer data);

void wd_screenshot_take (WdWindow *window, const char *path, WdScreenshotFunc done, gpointer data);

G_END_DECLS
