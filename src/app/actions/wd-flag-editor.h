/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-window.h"

G_BEGIN_DECLS

#define WD_TYPE_FLAG_EDITOR (wd_flag_editor_get_type ())
G_DECLARE_FINAL_TYPE (WdFlagEditor, wd_flag_editor, WD, FLAG_EDITOR, GObject)

WdFlagEditor *wd_flag_editor_new (WdWindow *window, WdWorkspace *workspace);
WdWorkspace  *wd_flag_editor_get_workspace (WdFlagEditor *self);
void          wd_flag_editor_set (WdFlagEditor *self, const char *const *addresses, WdFlag flag,
                                  gboolean value);

G_END_DECLS
