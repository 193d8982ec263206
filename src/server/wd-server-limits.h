/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdServerLimits:
 *
 * How often each of many may do something. Main thread.
 */
typedef struct _WdServerLimits WdServerLimits;

WdServerLimits *wd_server_limits_new (double rate, double burst);
void            wd_server_limits_free (WdServerLimits *self);
gboolean        wd_server_limits_take (WdServerLimits *self, const char *who, gint64 now,
                                       guint *wait_seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerLimits, wd_server_limits_free)

G_END_DECLS
