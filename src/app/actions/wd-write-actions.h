/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-window.h"

G_BEGIN_DECLS

void wd_write_actions_install (GtkWidgetClass *widget_class);
void wd_write_actions_update (WdWindow *window);

G_END_DECLS
