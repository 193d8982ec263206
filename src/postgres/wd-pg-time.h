/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/wd-time.h"

G_BEGIN_DECLS

gboolean wd_pg_time_parse (const char *text, WdTime *time);
char    *wd_pg_time_format (WdTime time);

G_END_DECLS
