/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-watch.h"

G_BEGIN_DECLS

#define WD_TYPE_RULES_DIALOG (wd_rules_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdRulesDialog, wd_rules_dialog, WD, RULES_DIALOG, AdwWindow)

GtkWindow *wd_rules_dialog_new (WdWatch *watch, GtkWindow *parent);

G_END_DECLS
