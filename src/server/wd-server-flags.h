/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-direct-backend.h"
#include "server/wd-server-options.h"

G_BEGIN_DECLS

#define WD_TYPE_SERVER_FLAGS (wd_server_flags_get_type ())
G_DECLARE_FINAL_TYPE (WdServerFlags, wd_server_flags, WD, SERVER_FLAGS, GObject)

WdServerFlags *wd_server_flags_new (WdDirectBackend *backend, const WdServerOptions *options);
void           wd_server_flags_stop (WdServerFlags *self);

G_END_DECLS
