/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

/**
 * WdListKind:
 * @load: asks a backend for one page
 * @finish: takes its answer
 * @get_id: what tells one record from another, constant over its life
 * @get_created: when it was made
 * @equal: whether a record read again looks the same
 * @set_now: (nullable): counts what a filter says of “so long ago” from another moment
 * @make_export: asks for everything a filter lets through
 *
 * What a #WdPagedList needs to know about the records it lists.
 */
typedef struct {
  void (*load) (WdBackend *backend, gconstpointer filter, const WdPageRequest *page,
                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  WdPage *(*finish) (WdBackend *backend, GAsyncResult *result, GError **error);
  const char *(*get_id) (gconstpointer record);
  WdTime (*get_created) (gconstpointer record);
  gboolean (*equal) (gconstpointer a, gconstpointer b);
  gpointer (*ref) (gpointer record);
  void (*unref) (gpointer record);
  gpointer (*copy_filter) (gconstpointer filter);
  gboolean (*equal_filter) (gconstpointer a, gconstpointer b);
  gboolean (*is_empty_filter) (gconstpointer filter);
  void (*free_filter) (gpointer filter);
  void (*set_now) (gpointer filter, WdTime now);
  WdExportRequest *(*make_export) (gconstpointer filter);
} WdListKind;

const WdListKind *wd_list_kind_jobs (void);
const WdListKind *wd_list_kind_wallets (void);
const WdListKind *wd_list_kind_audit (void);

G_END_DECLS
