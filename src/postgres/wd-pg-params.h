/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdPgParams:
 *
 * The values of `$1`, `$2`, … of one statement. They travel beside the SQL, never inside it. The
 * server infers their types from where they stand: write a cast (`$1::uuid`) where it cannot.
 */
typedef struct _WdPgParams WdPgParams;

WdPgParams *wd_pg_params_new (void);
void        wd_pg_params_free (WdPgParams *self);

guint wd_pg_params_text (WdPgParams *self, const char *value);
guint wd_pg_params_int (WdPgParams *self, gint64 value);
guint wd_pg_params_bool (WdPgParams *self, gboolean value);
guint wd_pg_params_time (WdPgParams *self, WdTime value);
guint wd_pg_params_json (WdPgParams *self, const char *json);
guint wd_pg_params_text_array (WdPgParams *self, const char *const *values, gsize n_values);
guint wd_pg_params_int_array (WdPgParams *self, const gint64 *values, gsize n_values);

guint              wd_pg_params_get_length (WdPgParams *self);
const char *const *wd_pg_params_get_values (WdPgParams *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPgParams, wd_pg_params_free)

G_END_DECLS
