/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "server/wd-server-options.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_SERVER (wd_server_get_type ())
G_DECLARE_FINAL_TYPE (WdServer, wd_server, WD, SERVER, GObject)

WdServer *wd_server_new (WdProfile *profile, const WdServerOptions *options);
gboolean  wd_server_start (WdServer *self, GError **error);
void      wd_server_reload (WdServer *self);
void      wd_server_stop (WdServer *self);
void      wd_server_close (WdServer *self);

G_END_DECLS
