/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdPgConnection *pg_test_connect (void);
WdPgConnection *pg_test_connect_as (const char *variable);
void            pg_test_run (WdPgConnection *connection, const char *sql);
char           *pg_test_ask (WdPgConnection *connection, const char *sql);
void            pg_test_wait_for (WdPgConnection *connection, const char *sql, const char *answer);
void            pg_test_stop_server (void);
void            pg_test_continue_server (void);

G_END_DECLS
