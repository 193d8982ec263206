/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files of the connection share; wd-pg-query.c has the design note. */

#include <libpq-fe.h>

#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-connection.h"
#include "postgres/wd-pg-prepared.h"
#include "postgres/wd-pg-target.h"

G_BEGIN_DECLS

/* Whatever happens here is on one worker thread. */
struct _WdPgConnection {
  WdPgTarget *target; /* (owned) */
  char *where;        /* (owned): describes target */
  PGconn *conn;       /* (owned) (nullable): NULL before the first use and after a loss */
  guint64 serial;     /* of conn; 0 before the first */
  gboolean used;      /* conn has answered before, so it may have died meanwhile */

  WdPgPrepared *prepared; /* (owned): what conn keeps */

  gboolean in_transaction; /* between begin() and commit() or rollback() */
  gboolean begun;          /* its BEGIN was answered */
  gboolean broken;         /* an answer of it never came: it can only be rolled back */
  gboolean read_only;
  gboolean snapshot;       /* all its statements see the database as of one moment */
  guint lock_timeout_ms;

  guint64 current_serial; /* the connection on which the schema was found current; 0 for none */
  guint64 audit_serial;   /* likewise where the audit trail may be written */

  WdPgColumns *columns;   /* (owned) (nullable): of the database, as read at columns_read */
  guint64 columns_serial; /* of the conn they were read on */
  gint64 columns_read;    /* monotonic, in microseconds */

  const WdActor *actor;   /* (not owned) (nullable): NULL for whoever runs this program */

  char sqlstate[6];
  char *constraint; /* (owned) (nullable) */
};

void     wd_pg_connection_abandon (WdPgConnection *self);
void     wd_pg_connection_forget_error (WdPgConnection *self);
void     wd_pg_connection_take_error (WdPgConnection *self, const PGresult *result,
                                      GCancellable *cancellable, GError **error);
gboolean wd_pg_connection_check_transaction (WdPgConnection *self, GError **error);
gboolean wd_pg_connection_run_script (WdPgConnection *self, const char *sql, gint64 deadline,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
