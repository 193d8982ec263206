/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wd_cron_words (const char *pattern);
char *wd_cron_words_fill (const char *format, const char *text);

G_END_DECLS
