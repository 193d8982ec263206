/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean    wd_json_text_is_valid (const char *json);
const char *wd_json_text_skip_space (const char *p);
const char *wd_json_text_skip_word (const char *p);
const char *wd_json_text_skip_value (const char *p);
char       *wd_json_text_decode (const char *string, gsize length);

G_END_DECLS
