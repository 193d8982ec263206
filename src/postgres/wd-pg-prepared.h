/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-exchange.h"

G_BEGIN_DECLS

/**
 * WdPgPrepared:
 *
 * The statements that one server connection keeps prepared, and whether it may.
 */
typedef struct _WdPgPrepared WdPgPrepared;

WdPgPrepared *wd_pg_prepared_new (void);
void          wd_pg_prepared_free (WdPgPrepared *self);

void     wd_pg_prepared_begin (WdPgPrepared *self, guint64 serial, gboolean may_keep);
void     wd_pg_prepared_add (WdPgPrepared *self, GArray *steps, const WdPgStatement *statements,
                             gsize n_statements);
gboolean wd_pg_prepared_end (WdPgPrepared *self, gboolean is_direct, const PGresult *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPgPrepared, wd_pg_prepared_free)

G_END_DECLS
