/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-live.h"

G_BEGIN_DECLS

/* What `GET /api/events` tells: something was missed, so that everything has to be read again;
 * something has changed; which stores are heard. */
#define WD_WIRE_EVENT_RESYNC  "resync"
#define WD_WIRE_EVENT_CHANGED "changed"
#define WD_WIRE_EVENT_STATE   "state"

void     wd_wire_changes_members (WdJsonWriter *writer, guint changes);
gboolean wd_wire_read_changes (const char *text, gsize length, guint *changes, GError **error);
void     wd_wire_live_members (WdJsonWriter *writer, const WdLive *live);
gboolean wd_wire_read_live (const char *text, gsize length, WdLiveState *states, GError **error);

G_END_DECLS
