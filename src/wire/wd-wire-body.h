/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GHashTable *wd_wire_body_parse (const char *json, gsize length, guint max_depth,
                                   GError **error);

G_END_DECLS
