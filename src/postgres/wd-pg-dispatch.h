/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "model/wd-request.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-bulk.h"
#include "postgres/wd-pg-connection.h"
#include "postgres/wd-pg-flagged.h"
#include "postgres/wd-pg-under-way.h"

G_BEGIN_DECLS

/**
 * WdPgDispatch:
 * @request: (unowned): type, user, priority and force; not its wallets
 * @mapping: (unowned): how the type is queued
 * @prefix: (unowned): BullMQ's key prefix
 * @options: (unowned): JSON text for `outbox.options`
 * @uses_queue: else the row alone is written, for workers that poll
 * @identity: (unowned) (nullable): of the Redis the first attempt is meant for; %NULL where workers
 *   poll
 * @seen: (unowned) (element-type utf8): a set of the request's wallets so far
 * @runner: (unowned) (nullable): who runs the bulk run whose items these are
 * @items: (unowned) (nullable) (element-type utf8 WdBulkItem): those, by address
 * @turn: (unowned) (nullable): to make jobs for a flag, for those wallets alone for which one is
 *   due
 * @look: (nullable): finds out what the queues run of jobs that have ended, as their rows say;
 *   %NULL where workers poll, or by force
 * @look_data: for @look
 *
 * What all jobs of one dispatch have in common.
 */
typedef struct {
  const WdDispatchRequest *request;
  const WdQueueMapping *mapping;
  const char *prefix;
  const char *options;
  gboolean uses_queue;
  const char *identity;
  GHashTable *seen;
  const WdPgBulkRunner *runner;
  GHashTable *items;
  WdPgFlagTurn *turn;
  WdPgSiblingsLook look;
  gpointer look_data;
} WdPgDispatch;

gboolean wd_pg_dispatch (WdPgConnection *self, const WdPgDispatch *order,
                         const char *const *wallets, gsize n_wallets, WdActionResult *result,
                         GPtrArray *jobs, GPtrArray *entries, GPtrArray *conflicts, gint64 deadline,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
