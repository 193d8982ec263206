/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-format.h"
#include "base/wd-time.h"

G_BEGIN_DECLS

char *wd_search_text (const char *searched_to, gint64 n_searched, gint64 n_to_search,
                      const WdNumberFormat *format);

G_END_DECLS
