/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgMark:
 * @jobs: grows with every change of jobs that was counted
 * @wallets: likewise of wallets
 *
 * Two that differ say that something has changed between them.
 */
typedef struct {
  gint64 jobs;
  gint64 wallets;
} WdPgMark;

gboolean wd_pg_listen_begin (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                             GError **error);
gboolean wd_pg_listen_wait (WdPgConnection *self, guint wait_ms, guint *n_heard,
                            GCancellable *cancellable, GError **error);
gboolean wd_pg_listen_mark (WdPgConnection *self, WdPgMark *mark, gint64 deadline,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
