/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_FLOW_VIEW (wd_flow_view_get_type ())
G_DECLARE_FINAL_TYPE (WdFlowView, wd_flow_view, WD, FLOW_VIEW, GtkWidget)

void wd_flow_view_load (WdFlowView *self, WdBackend *backend, const WdQueueJob *job);

G_END_DECLS
