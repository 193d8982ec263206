/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to bullmq/. */
char *wd_bullmq_layout_message (const char *word, const char *detail);

G_END_DECLS
