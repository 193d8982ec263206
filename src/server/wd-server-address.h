/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How an address of a unix socket begins. */
#define WD_SERVER_UNIX "unix:"

GSocketAddress *wd_server_address_parse (const char *text, GError **error);
gboolean        wd_server_address_is_private (GSocketAddress *address);
GSocket        *wd_server_address_listen (GSocketAddress *address, GError **error);
GSocket        *wd_server_address_listen_nowhere (GError **error);
char           *wd_server_address_to_text (GSocketAddress *address);

G_END_DECLS
