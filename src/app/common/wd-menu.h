/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void wd_menu_add (GMenu *menu, const char *label, const char *action, GVariant *target);

G_END_DECLS
