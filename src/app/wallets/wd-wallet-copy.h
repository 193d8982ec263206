/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wd_wallet_copy_rows (GPtrArray *rows);
char *wd_wallet_copy_addresses (GPtrArray *rows);
char *wd_wallet_copy_csv (GPtrArray *rows);
char *wd_wallet_copy_json (GPtrArray *rows);

G_END_DECLS
