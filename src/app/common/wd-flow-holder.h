/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_FLOW_HOLDER (wd_flow_holder_get_type ())

G_DECLARE_FINAL_TYPE (WdFlowHolder, wd_flow_holder, WD, FLOW_HOLDER, GtkWidget)

G_END_DECLS
