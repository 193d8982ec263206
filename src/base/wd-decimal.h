/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean wd_decimal_is_valid (const char *text);
int      wd_decimal_compare (const char *a, const char *b);
char    *wd_decimal_expand (const char *text);

G_END_DECLS
