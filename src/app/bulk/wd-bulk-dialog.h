/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_BULK_DIALOG (wd_bulk_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdBulkDialog, wd_bulk_dialog, WD, BULK_DIALOG, AdwWindow)

GtkWidget *wd_bulk_dialog_new (GtkWindow *window, WdWorkspace *workspace,
                               const WdBulkRequest *request);

G_END_DECLS
