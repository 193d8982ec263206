/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-data-test.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-list-query.h"

G_BEGIN_DECLS

gboolean wd_pg_filter_has_trigram (const char *text);
char    *wd_pg_filter_number (const char *text);
void     wd_pg_filter_known (WdPgListQuery *query, const char *expression,
                             const WdPgColumn *column, char **ids);
void     wd_pg_filter_none (WdPgListQuery *query, const char *column, char **words);
void     wd_pg_filter_contains (WdPgListQuery *query, const char *column, const char *text);
void     wd_pg_filter_lacks (WdPgListQuery *query, const char *column, const char *text);
gboolean wd_pg_filter_data (WdPgListQuery *query, const WdPgColumn *column, gboolean trigrams,
                            GPtrArray *tests, GError **error);

G_END_DECLS
