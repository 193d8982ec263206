/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-actor.h"
#include "postgres/wd-pg-params.h"
#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

/**
 * WdPgOutcome:
 * @WD_PG_NOT_COMMITTED: the transaction has no effect, and never will
 * @WD_PG_COMMITTED: the server said so
 * @WD_PG_UNKNOWN: COMMIT was sent, and its answer never came
 */
typedef enum {
  WD_PG_NOT_COMMITTED,
  WD_PG_COMMITTED,
  WD_PG_UNKNOWN,
} WdPgOutcome;

/**
 * WdPgStatement:
 * @sql: (not owned): one SQL statement
 * @params: (not owned) (nullable): its values
 * @one_plan: whether one plan of it is right whatever its values are, so that a server may keep it
 */
typedef struct {
  const char *sql;
  WdPgParams *params;
  gboolean one_plan;
} WdPgStatement;

/**
 * WdPgConnection:
 *
 * One connection to PostgreSQL, opened on first use and again after it was lost. Belongs to one
 * worker thread; every call that may wait has a deadline (of wd_deadline_in()) and a cancellable.
 *
 * Outside wd_pg_connection_begin() and wd_pg_connection_commit() statements are read-only: only a
 * COMMIT of its own tells what became of a write. The statements of one call make one round trip,
 * and so does begin() together with the first of them.
 */
typedef struct _WdPgConnection WdPgConnection;

WdPgConnection *wd_pg_connection_new (const char *uri, const char *password, const char *ca_file);
WdPgConnection *wd_pg_connection_new_like (WdPgConnection *other);
void            wd_pg_connection_free (WdPgConnection *self);
void            wd_pg_connection_set_actor (WdPgConnection *self, const WdActor *actor);
const WdActor  *wd_pg_connection_get_actor (WdPgConnection *self);

gboolean    wd_pg_connection_ensure (WdPgConnection *self, gint64 deadline,
                                     GCancellable *cancellable, GError **error);
void        wd_pg_connection_drop (WdPgConnection *self);
char       *wd_pg_connection_describe (WdPgConnection *self);
guint64     wd_pg_connection_get_serial (WdPgConnection *self);
int         wd_pg_connection_get_server_version (WdPgConnection *self);
const char *wd_pg_connection_get_sqlstate (WdPgConnection *self);
const char *wd_pg_connection_get_constraint (WdPgConnection *self);

WdPgResult *wd_pg_connection_query (WdPgConnection *self, const char *sql, WdPgParams *params,
                                    gint64 deadline, GCancellable *cancellable, GError **error);
GPtrArray  *wd_pg_connection_query_many (WdPgConnection *self, const WdPgStatement *statements,
                                         gsize n_statements, gint64 deadline,
                                         GCancellable *cancellable, GError **error);

gboolean wd_pg_connection_begin (WdPgConnection *self, gboolean read_only, guint lock_timeout_ms,
                                 gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_connection_begin_snapshot (WdPgConnection *self, gint64 deadline,
                                          GCancellable *cancellable, GError **error);
gboolean wd_pg_connection_commit (WdPgConnection *self, WdPgOutcome *outcome, gint64 deadline,
                                  GCancellable *cancellable, GError **error);
void     wd_pg_connection_rollback (WdPgConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPgConnection, wd_pg_connection_free)

G_END_DECLS
