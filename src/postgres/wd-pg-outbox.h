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

GPtrArray  *wd_pg_outbox_list (WdPgConnection *self, const WdPgOutboxClaim *which, gint64 deadline,
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
gboolean wd_pg_outbox_add_site (WdPgConnection *self, const char *const *ids, const char *prefix,
                                const char *identity, gint64 deadline, GCancellable *cancellable,
                                GError **error);
gboolean wd_pg_outbox_take_back (WdPgConnection *self, GPtrArray *entries, const char *status,
                                 const char *reason, gint64 deadline, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
