/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

/**
 * WdDirectPipe:
 *
 * Delivers what one slice of a bulk run promised while the next one is being written.
 */
typedef struct _WdDirectPipe WdDirectPipe;

WdDirectPipe *wd_direct_pipe_new (WdLane *lane);
void          wd_direct_pipe_free (WdDirectPipe *self);
void          wd_direct_pipe_send (WdDirectPipe *self, const char *identity, GPtrArray *jobs,
                                   GPtrArray *entries, WdActionResult *result);
guint64       wd_direct_pipe_get_sent (WdDirectPipe *self);
void          wd_direct_pipe_wait (WdDirectPipe *self, guint64 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdDirectPipe, wd_direct_pipe_free)

G_END_DECLS
