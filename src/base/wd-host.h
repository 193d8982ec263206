/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wd_host_is_loopback (const char *host);
char    *wd_host_find_far (const char *hosts);

G_END_DECLS
