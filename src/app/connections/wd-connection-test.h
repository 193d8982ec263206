/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_CONNECTION_TEST (wd_connection_test_get_type ())
G_DECLARE_FINAL_TYPE (WdConnectionTest, wd_connection_test, WD, CONNECTION_TEST, GtkWidget)

void wd_connection_test_run (WdConnectionTest *self, WdProfile *profile);
void wd_connection_test_stop (WdConnectionTest *self);

G_END_DECLS
