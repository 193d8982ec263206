/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-run.h"

G_BEGIN_DECLS

WdBulkRun *wd_wire_read_bulk (const char *text, gsize length, GError **error);
GPtrArray *wd_wire_read_bulk_list (const char *text, gsize length, GError **error);

G_END_DECLS
