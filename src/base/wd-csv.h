/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wd_csv_append_text (GString *row, const char *value);
void wd_csv_append_number (GString *row, const char *value);
void wd_csv_append_next (GString *row);
void wd_csv_append_end (GString *row);

G_END_DECLS
