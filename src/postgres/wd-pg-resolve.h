/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char **wd_pg_resolve (const char *host, gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
