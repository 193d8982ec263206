/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wire/wd-wire-rest.h"

G_BEGIN_DECLS

void wd_server_log_begin (void);
void wd_server_log_line (const WdWireLine *line);
void wd_server_log_text (const char *level, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
