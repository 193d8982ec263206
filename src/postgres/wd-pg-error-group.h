/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wd_pg_error_group_expression (const char *message);
char *wd_pg_error_group_pattern (const char *group);

G_END_DECLS
