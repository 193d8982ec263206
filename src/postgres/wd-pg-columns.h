/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-health-limits.h"
#include "model/wd-record.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

typedef enum {
  WD_PG_JOB_LOGS,
  WD_PG_USER_WALLETS,
} WdPgTable;

/**
 * WdPgColumn:
 * @type: the type's name in the catalog, such as `timestamptz`; of a domain, what it stands for
 * @not_null: whether the table forbids null
 */
typedef struct {
  char *type;
  gboolean not_null;
} WdPgColumn;

/**
 * WdPgColumns:
 * @tables: (element-type utf8 WdPgColumn): by #WdPgTable: its columns by name; %NULL where the
 *   table does not exist
 * @orders: (element-type utf8): by #WdPgTable: for each usable index the columns it sorts by,
 *   joined by commas
 * @unique: (element-type utf8): by #WdPgTable: columns that are unique by themselves
 * @schema: whether our schema is there, with outbox, settings and audit trail
 * @job_trigrams: whether an index finds jobs by a part of their id, job_id, wallet or error
 * @data_trigrams: whether one finds them by a part of their data
 * @counts: whether the counts are there, complete, and may be read
 * @flag_times: whether it is kept since when flags are set
 * @flags_served: whether it is kept which jobs were made for flags
 * @limits: from where on the site finds something wrong
 *
 * What the database at hand really has, since deployed tables vary. Immutable once published.
 */
typedef struct {
  GHashTable *tables[2];
  GPtrArray *orders[2];
  GHashTable *unique[2];
  gboolean job_trigrams;
  gboolean data_trigrams;
  gboolean schema;
  gboolean counts;
  gboolean flag_times;
  gboolean flags_served;
  WdHealthLimits limits;
} WdPgColumns;

WD_DECLARE_RECORD (WdPgColumns, wd_pg_columns)

WdPgColumns *wd_pg_columns_get (WdPgConnection *connection, gint64 deadline,
                                GCancellable *cancellable, GError **error);
WdPgColumns *wd_pg_columns_read (WdPgConnection *connection, gint64 deadline,
                                 GCancellable *cancellable, GError **error);

/**
 * WdPgColumnsFunc:
 * @connection: a connection
 * @columns: what the database has
 * @data: as given
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: what went wrong
 *
 * Returns: (nullable): %NULL on an error
 */
typedef gpointer (*WdPgColumnsFunc) (WdPgConnection *connection, const WdPgColumns *columns,
                                     gpointer data, gint64 deadline, GCancellable *cancellable,
                                     GError **error);

gpointer wd_pg_columns_apply (WdPgConnection *connection, WdPgColumnsFunc func, gpointer data,
                              gint64 deadline, GCancellable *cancellable, GError **error);

WdPgColumns      *wd_pg_columns_create (void);
void              wd_pg_columns_add (WdPgColumns *self, WdPgTable table, const char *name,
                                     const char *type, gboolean not_null);
void              wd_pg_columns_add_index (WdPgColumns *self, WdPgTable table, const char *order,
                                           gboolean is_unique);
const WdPgColumn *wd_pg_columns_find (const WdPgColumns *self, WdPgTable table, const char *name);
gboolean          wd_pg_columns_has_order (const WdPgColumns *self, WdPgTable table,
                                           const char *order);
gboolean          wd_pg_columns_is_unique (const WdPgColumns *self, WdPgTable table,
                                           const char *name);
gboolean          wd_pg_columns_require (const WdPgColumns *self, WdPgTable table, GError **error);
gboolean          wd_pg_columns_require_schema (const WdPgColumns *self, GError **error);

char *wd_pg_columns_job_select (const WdPgColumns *self, gboolean with_data);
char *wd_pg_columns_job_started (const WdPgColumns *self);
char *wd_pg_columns_wallet_select (const WdPgColumns *self);

G_END_DECLS
