/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_ATTENTION (wd_attention_get_type ())
G_DECLARE_FINAL_TYPE (WdAttention, wd_attention, WD, ATTENTION, GtkWidget)

void wd_attention_set_workspace (WdAttention *self, WdWorkspace *workspace);

G_END_DECLS
