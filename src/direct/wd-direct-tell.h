/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void wd_direct_tell (GTask *task, GSourceFunc func, gpointer data, GDestroyNotify destroy);
void wd_direct_tell_progress (gint64 done, gint64 refused, gint64 total, gpointer data);

G_END_DECLS
