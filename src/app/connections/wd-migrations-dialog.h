/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "backend/wd-backend.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_MIGRATIONS_DIALOG (wd_migrations_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdMigrationsDialog, wd_migrations_dialog, WD, MIGRATIONS_DIALOG, AdwWindow)

WdMigrationsDialog *wd_migrations_dialog_new (WdBackend *backend, WdProfile *profile);

G_END_DECLS
