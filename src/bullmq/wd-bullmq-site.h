/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/**
 * WdBullmqSite:
 * @id: (nullable): random text kept in that Redis under our own key; lost when it is flushed
 * @identity: (nullable): `id/run_id/master_replid`, and once it has evicted keys `/evicted:` and
 *   how many; %NULL where INFO is forbidden
 * @serial: of the connection it was read on; a write on a later one answers
 *   %WD_BULLMQ_SITE_CHANGED
 *
 * Which Redis a connection reached. Two attempts whose identities are equal went to the same
 * running server with the same data.
 */
typedef struct {
  char *id;
  char *identity;
  guint64 serial;
} WdBullmqSite;

/* Stands for the identity of a Redis that does not tell it. */
#define WD_BULLMQ_SITE_UNKNOWN "unknown"

WdBullmqSite *wd_bullmq_site_read (WdRedisConnection *conn, const char *prefix, gboolean create,
                                   gint64 deadline, GCancellable *cancellable, GError **error);
void          wd_bullmq_site_free (WdBullmqSite *self);
const char   *wd_bullmq_site_get_identity (const WdBullmqSite *self);
gboolean      wd_bullmq_identities_are_of_one_server (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBullmqSite, wd_bullmq_site_free)

G_END_DECLS
