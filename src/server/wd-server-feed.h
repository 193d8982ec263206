/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-live.h"
#include "server/wd-server-request.h"

G_BEGIN_DECLS

/**
 * WdServerFeed:
 *
 * One client that is told of changes as they come, until one of the two has enough. Main thread.
 */
typedef struct _WdServerFeed WdServerFeed;

/**
 * WdServerFeedFunc:
 * @feed: whose client is gone, or was told the end
 * @data: as given
 *
 * Frees @feed.
 */
typedef void (*WdServerFeedFunc) (WdServerFeed *feed, gpointer data);

WdServerFeed *wd_server_feed_new (WdServerRequest *request, WdServerFeedFunc ended,
                                  gpointer data);
void          wd_server_feed_free (WdServerFeed *self);

WdApiToken *wd_server_feed_get_token (WdServerFeed *self);
gboolean    wd_server_feed_is_gone (WdServerFeed *self);
void        wd_server_feed_tell_resync (WdServerFeed *self, const char *id);
void        wd_server_feed_tell_changes (WdServerFeed *self, guint changes, const char *id);
void        wd_server_feed_tell_live (WdServerFeed *self, WdLive *live);
void        wd_server_feed_beat (WdServerFeed *self);
void        wd_server_feed_end (WdServerFeed *self);

G_END_DECLS
