/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/connections/wd-connections.h"

G_BEGIN_DECLS

#define WD_TYPE_CONNECTION_DIALOG (wd_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdConnectionDialog, wd_connection_dialog, WD, CONNECTION_DIALOG, AdwWindow)

WdConnectionDialog *wd_connection_dialog_new (WdConnections *connections, WdProfile *profile);
void                wd_connection_dialog_duplicate (WdConnectionDialog *self);
void                wd_connection_dialog_import (WdConnectionDialog *self, GFile *file);

G_END_DECLS
