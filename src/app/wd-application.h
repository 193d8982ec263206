/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/wd-options.h"

G_BEGIN_DECLS

#define WD_TYPE_APPLICATION (wd_application_get_type ())
G_DECLARE_FINAL_TYPE (WdApplication, wd_application, WD, APPLICATION, AdwApplication)

WdApplication *wd_application_new (const WdOptions *options);
int            wd_application_get_exit_status (WdApplication *self);

G_END_DECLS
