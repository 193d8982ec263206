/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-api-token.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

GPtrArray *wd_pg_token_list (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                             GError **error);
gboolean   wd_pg_token_create (WdPgConnection *self, const char *name, WdApiRole role,
                               const char *hash, gint64 deadline, GCancellable *cancellable,
                               GError **error);
gboolean   wd_pg_token_revoke (WdPgConnection *self, const char *name, gint64 deadline,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
