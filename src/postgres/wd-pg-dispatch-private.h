/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-dispatch.h"

G_BEGIN_DECLS

/* The wallets of one transaction on their way through the checks. */
typedef struct {
  const char *const *wallets;
  gsize n_wallets;
  GHashTable *owners;     /* (owned) address to user id, of the wallets that exist */
  GHashTable *under_way;  /* (owned) address to the #WdJob in the way */
  GHashTable *states;     /* (owned) address to the state of that job in its queue, where its row
                           * says that it has ended */
  GHashTable *changed;    /* (owned) set of those that are not as they were frozen */
  GHashTable *newer;      /* (owned) set of those with a job since then */
  GHashTable *due;        /* (owned) (nullable) set of those whose flag is to be served */
  GPtrArray *ids;         /* (owned) of the rows to write */
  GPtrArray *outbox_ids;  /* (owned) beside them */
  GPtrArray *addresses;   /* (unowned strings) beside them */
  GPtrArray *users;       /* (unowned strings, nullable) beside them */
} WdPgDispatchSlice;

gboolean    wd_pg_dispatch_lock (WdPgConnection *self, const WdPgDispatch *order,
                                 WdPgDispatchSlice *slice, gint64 deadline,
                                 GCancellable *cancellable, GError **error);
const char *wd_pg_dispatch_trigger (const WdPgDispatch *order);
WdPgResult *wd_pg_dispatch_write (WdPgConnection *self, const WdPgDispatch *order,
                                  const WdPgDispatchSlice *slice, gint64 deadline,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
