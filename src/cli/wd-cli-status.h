/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The statuses that scripts rely on. */
#define WD_CLI_DONE          0
#define WD_CLI_FAILED        1
#define WD_CLI_USAGE         2
#define WD_CLI_NOT_FOUND     3
#define WD_CLI_REFUSED       4
#define WD_CLI_NO_CONNECTION 5

int           wd_cli_exit_status (const GError *error);
const GError *wd_cli_graver (const GError *a, const GError *b);
const GError *wd_cli_gravest (const GPtrArray *refusals);

G_END_DECLS
