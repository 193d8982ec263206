/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdServerQuery:
 *
 * What stands behind the question mark.
 */
typedef struct _WdServerQuery WdServerQuery;

WdServerQuery *wd_server_query_parse (const char *query, GError **error);
WdServerQuery *wd_server_query_of_values (GHashTable *values);
gboolean       wd_server_query_check_names (WdServerQuery *self, const char *const *known,
                                            GError **error);
void           wd_server_query_free (WdServerQuery *self);
const char    *wd_server_query_get_field (WdServerQuery *self);
const char    *wd_server_query_get (WdServerQuery *self, const char *name);
gboolean       wd_server_query_get_int (WdServerQuery *self, const char *name, gint64 least,
                                        gint64 *value, GError **error);
gboolean       wd_server_query_get_time (WdServerQuery *self, const char *name, WdTime *time,
                                         GError **error);
gboolean       wd_server_query_refuse (WdServerQuery *self, const char *name, GError **error,
                                       const char *format, ...) G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerQuery, wd_server_query_free)

G_END_DECLS
