/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-flag-rule.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgFlagTurn:
 * @flag: which flag jobs are made for
 * @policy: (unowned): how many
 * @taken: (out): whether nobody else was at it
 * @n_tried: (out): how many wallets it got to before there was no room for more jobs
 *
 * The right to make jobs for flags, in one transaction.
 */
typedef struct {
  WdFlag flag;
  const WdFlagPolicy *policy;
  gboolean taken;
  guint n_tried;
} WdPgFlagTurn;

/**
 * WdPgFlagNote:
 * @addresses: (element-type utf8): of wallets
 * @jobs: (element-type utf8): beside them: the job that was made for each
 *
 * What is to be noted of some wallets.
 */
typedef struct {
  GPtrArray *addresses;
  GPtrArray *jobs;
} WdPgFlagNote;

GPtrArray *wd_pg_flagged_list (WdPgConnection *connection, const WdPgFlagTurn *turn,
                               const char *after, guint limit, guint *room, gint64 deadline,
                               GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_flagged_hold (WdPgConnection *connection, WdPgFlagTurn *turn,
                               const WdPgStatement *lock, const WdPgStatement *guard,
                               const char *const *addresses, gsize n_addresses, GHashTable *due,
                               guint *room, gint64 deadline, GCancellable *cancellable,
                               GError **error);
gboolean   wd_pg_flagged_note (WdPgConnection *connection, WdPgFlagTurn *turn,
                               const WdPgFlagNote *ended, const WdPgFlagNote *stopped,
                               gint64 deadline, GCancellable *cancellable, GError **error);

WdPgStatement wd_pg_flagged_served (const WdPgFlagTurn *turn, GPtrArray *addresses,
                                    GPtrArray *jobs);

G_END_DECLS
