/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdPgResult:
 *
 * The rows one statement gave, complete and in memory. Reading it needs no connection.
 */
typedef struct _WdPgResult WdPgResult;

void wd_pg_result_free (WdPgResult *self);

guint  wd_pg_result_get_rows (WdPgResult *self);
guint  wd_pg_result_get_columns (WdPgResult *self);
gsize  wd_pg_result_get_size (WdPgResult *self);
gint64 wd_pg_result_get_affected (WdPgResult *self);

gboolean    wd_pg_result_is_null (WdPgResult *self, guint row, guint column);
const char *wd_pg_result_text (WdPgResult *self, guint row, guint column);
gint64      wd_pg_result_int (WdPgResult *self, guint row, guint column);
gboolean    wd_pg_result_bool (WdPgResult *self, guint row, guint column);
WdTime      wd_pg_result_time (WdPgResult *self, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPgResult, wd_pg_result_free)

G_END_DECLS
