/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean wd_url_holds_password (const char *url);
char    *wd_url_take_password (const char *url, char **password);

G_END_DECLS
