/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdServerBacklog:
 *
 * Bytes of answers that wait for clients to take them. Main thread.
 */
typedef struct _WdServerBacklog WdServerBacklog;

WdServerBacklog *wd_server_backlog_new (void);
void             wd_server_backlog_free (WdServerBacklog *self);
gboolean         wd_server_backlog_has_room (const WdServerBacklog *self, const char *token_id,
                                             gsize size);
void             wd_server_backlog_add (WdServerBacklog *self, const char *token_id, gsize size);
void             wd_server_backlog_remove (WdServerBacklog *self, const char *token_id,
                                           gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerBacklog, wd_server_backlog_free)

G_END_DECLS
