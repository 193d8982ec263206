/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "app/connections/wd-opened.h"
#include "app/preferences/wd-preferences.h"
#include "session/wd-profile-store.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

typedef struct _WdSampleControl WdSampleControl;

#define WD_TYPE_CONNECTIONS (wd_connections_get_type ())
G_DECLARE_FINAL_TYPE (WdConnections, wd_connections, WD, CONNECTIONS, GObject)

WdConnections *wd_connections_new (GSettings *settings);

void     wd_connections_open (WdConnections *self, const char *name, gboolean remember);
void     wd_connections_open_profile (WdConnections *self, WdProfile *profile);
void     wd_connections_close_sample (WdConnections *self);
void     wd_connections_replace (WdConnections *self, const char *name, const char *new_name);
void     wd_connections_fail (WdConnections *self, const GError *error);
void     wd_connections_set_preferences (WdConnections *self, WdPreferences *preferences);

WdSampleControl *wd_connections_get_sample (WdConnections *self);
WdOpened       *wd_connections_get_opened (WdConnections *self);
WdProfileStore *wd_connections_get_store (WdConnections *self);
WdWorkspace    *wd_connections_get_workspace (WdConnections *self);
WdProfile      *wd_connections_get_passing (WdConnections *self);
const char     *wd_connections_get_wanted (WdConnections *self);
const GError   *wd_connections_get_error (WdConnections *self);
gboolean        wd_connections_is_opening (WdConnections *self);

G_END_DECLS
