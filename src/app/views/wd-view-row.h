/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-sidebar-row.h"

G_BEGIN_DECLS

GtkWidget *wd_view_row_new (WdSavedView *view);

G_END_DECLS
