/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

WdTime wd_local_time_parse (const char *text, gboolean end);

G_END_DECLS
