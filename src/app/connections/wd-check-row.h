/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "model/wd-check.h"

G_BEGIN_DECLS

#define WD_TYPE_CHECK_ROW (wd_check_row_get_type ())
G_DECLARE_FINAL_TYPE (WdCheckRow, wd_check_row, WD, CHECK_ROW, AdwPreferencesRow)

GtkWidget *wd_check_row_new (const WdCheck *check);

G_END_DECLS
