/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri    *wd_rest_address_parse (const char *url, GError **error);
GUri    *wd_rest_address_join (GUri *base, const char *path, const char *query);
GUri    *wd_rest_address_follow (GUri *from, const char *location, GError **error);
gboolean wd_rest_address_is_same (GUri *a, GUri *b);
char    *wd_rest_address_dup_host (GUri *uri);

G_END_DECLS
