/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wd_wait_fd (int fd, GIOCondition condition, gint64 deadline, GCancellable *cancellable,
                     GError **error);
gboolean wd_wait_ms (guint milliseconds, GCancellable *cancellable, GError **error);

G_END_DECLS
