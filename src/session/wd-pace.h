/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdPace:
 *
 * How fast a count grows of late.
 */
typedef struct _WdPace WdPace;

WdPace *wd_pace_new (void);
void    wd_pace_free (WdPace *self);
void    wd_pace_reset (WdPace *self);
void    wd_pace_add (WdPace *self, gint64 at, gint64 count);
double  wd_pace_get_rate (const WdPace *self);

G_END_DECLS
