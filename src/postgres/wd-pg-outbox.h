/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-result.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgOutboxClaim:
 * @ids: (nullable) (array zero-terminated=1): only these
 * @min_age_ms: only older ones
 * @after: (nullable): only those behind this one, in the order of age
 * @limit: at most so many
 */
typedef struct {
  const char *const *ids;
  gint64 min_age_ms;
  const WdOutboxEntry *after;
  guint limit;
} WdPgOutboxClaim;

/**
 * WdPgTakeBack:
 * @action: for the audit trail
 * @status: (nullable): the rows' new status; with %NULL a dispatched row becomes failed and a
 *   retried row is as it was before
 * @reason: (nullable): the error message of rows that are not as they were before
 * @unsure: a retried row is as it was before but for its error message, which is @reason
 * @notes: (nullable) (element-type utf8): for the audit trail, one beside each entry, or %NULL
 *
 * How rows are taken back. Nothing is owned.
 */
typedef struct {
  const char *action;
  const char *status;
  const char *reason;
  gboolean unsure;
  GPtrArray *notes;
} WdPgTakeBack;

GPtrArray  *wd_pg_outbox_list (WdPgConnection *self, const WdPgOutboxClaim *which, gint64 deadline,
                               GCancellable *cancellable, GError **error);
gboolean    wd_pg_outbox_take_turn (WdPgConnection *self, gboolean *taken, gint64 deadline,
                                    GCancellable *cancellable, GError **error);
GPtrArray  *wd_pg_outbox_claim (WdPgConnection *self, const WdPgOutboxClaim *which, gint64 deadline,
                                GCancellable *cancellable, GError **error);
GHashTable *wd_pg_outbox_forgotten (WdPgConnection *self, const char *const *job_log_ids,
                                    gsize n_ids, gint64 deadline, GCancellable *cancellable,
                                    GError **error);

/* Inside a transaction; the last one in that which claimed the entries. */
gboolean wd_pg_outbox_delete (WdPgConnection *self, GPtrArray *ids, gint64 deadline,
                              GCancellable *cancellable, GError **error);
gboolean wd_pg_outbox_note (WdPgConnection *self, GPtrArray *ids, const char *reason,
                            gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_outbox_order (WdPgConnection *self, const char *const *ids, const char *prefix,
                             const char *identity, gint64 deadline, GCancellable *cancellable,
                             GError **error);
gboolean wd_pg_outbox_not_sent (WdPgConnection *self, GPtrArray *ids, GPtrArray *notes,
                                gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_outbox_take_back (WdPgConnection *self, GPtrArray *entries, const WdPgTakeBack *how,
                                 gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
