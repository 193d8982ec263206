/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char      *wd_pg_cursor_encode (const char *fingerprint, GPtrArray *keys);
GPtrArray *wd_pg_cursor_decode (const char *cursor, const char *fingerprint, guint n_keys,
                                GError **error);

G_END_DECLS
