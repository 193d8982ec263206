/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "app/preferences/wd-preferences.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_OPENED (wd_opened_get_type ())
G_DECLARE_FINAL_TYPE (WdOpened, wd_opened, WD, OPENED, GObject)

WdOpened    *wd_opened_new (void);

WdWorkspace *wd_opened_add (WdOpened *self, const char *name, WdProfile *profile);
WdWorkspace *wd_opened_find (WdOpened *self, const char *name);
WdWorkspace *wd_opened_take (WdOpened *self, const char *name);
void         wd_opened_clear (WdOpened *self);

void         wd_opened_set_preferences (WdOpened *self, WdPreferences *preferences);
gboolean     wd_opened_has_orders (WdOpened *self);
gboolean     wd_opened_has_alert (WdOpened *self, const char *id);
void         wd_opened_acknowledge (WdOpened *self, const char *id);

G_END_DECLS
