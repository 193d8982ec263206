/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-direct-backend.h"
#include "model/wd-api-token.h"
#include "model/wd-origin.h"
#include "model/wd-wallet-summary.h"

G_BEGIN_DECLS

/* What the service asks beside WdBackend: who may ask it, and in whose name it acts. */

void       wd_direct_load_tokens_async (WdDirectBackend *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
GPtrArray *wd_direct_load_tokens_finish (WdDirectBackend *self, GAsyncResult *result,
                                         GError **error);

void     wd_direct_create_token_async (WdDirectBackend *self, const char *name, WdApiRole role,
                                       const char *hash, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);
gboolean wd_direct_create_token_finish (WdDirectBackend *self, GAsyncResult *result,
                                        GError **error);

void     wd_direct_revoke_token_async (WdDirectBackend *self, const char *name,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
gboolean wd_direct_revoke_token_finish (WdDirectBackend *self, GAsyncResult *result,
                                        GError **error);

void      wd_direct_set_flags_async (WdDirectBackend *self, const char *address,
                                     WdTristate needs_gas, WdTristate needs_consolidation,
                                     WdOrigin *origin, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
WdWallet *wd_direct_set_flags_finish (WdDirectBackend *self, GAsyncResult *result, GError **error);

WdActionResult *wd_direct_pick_wallet (const WdActionResult *all, const char *wallet);

void       wd_direct_run_bulk_async (WdDirectBackend *self, const char *id, WdOrigin *origin,
                                     WdBulkProgress progress, gpointer progress_data,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
WdBulkRun *wd_direct_run_bulk_finish (WdDirectBackend *self, GAsyncResult *result, GError **error);
void       wd_direct_note_bulk_stop_async (WdDirectBackend *self, const char *id, WdOrigin *origin,
                                           GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer data);
gboolean   wd_direct_note_bulk_stop_finish (WdDirectBackend *self, GAsyncResult *result,
                                            GError **error);
void       wd_direct_discard_bulk_async (WdDirectBackend *self, const char *id, WdOrigin *origin,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);
WdBulkRun *wd_direct_discard_bulk_finish (WdDirectBackend *self, GAsyncResult *result,
                                          GError **error);

void     wd_direct_set_paused_async (WdDirectBackend *self, const char *queue, gboolean paused,
                                     WdOrigin *origin, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean wd_direct_set_paused_finish (WdDirectBackend *self, GAsyncResult *result, GError **error);

void             wd_direct_load_summary_async (WdDirectBackend *self, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer data);
WdWalletSummary *wd_direct_load_summary_finish (WdDirectBackend *self, GAsyncResult *result,
                                                GError **error);

G_END_DECLS
