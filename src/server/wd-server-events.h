/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "server/wd-server-request.h"
#include "server/wd-server-tokens.h"

G_BEGIN_DECLS

#define WD_TYPE_SERVER_EVENTS (wd_server_events_get_type ())
G_DECLARE_FINAL_TYPE (WdServerEvents, wd_server_events, WD, SERVER_EVENTS, GObject)

WdServerEvents *wd_server_events_new (WdProfile *profile, WdServerTokens *tokens, guint max_feeds);
void            wd_server_events_add (WdServerEvents *self, WdServerRequest *request,
                                      const char *last_id);
void            wd_server_events_stop (WdServerEvents *self);
void            wd_server_events_close (WdServerEvents *self, guint milliseconds);

G_END_DECLS
