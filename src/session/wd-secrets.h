/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

/**
 * WdSecretKind:
 * @WD_SECRET_POSTGRES: the password of a profile's PostgreSQL
 * @WD_SECRET_REDIS: the password of its Redis
 * @WD_SECRET_API: the token of a remote dashboard
 */
typedef enum {
  WD_SECRET_POSTGRES,
  WD_SECRET_REDIS,
  WD_SECRET_API,
} WdSecretKind;

void  wd_secrets_lookup_async (const char *profile, WdSecretKind kind, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
char *wd_secrets_lookup_finish (GAsyncResult *result, GError **error);

void     wd_secrets_store_async (const char *profile, WdSecretKind kind, const char *password,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);
gboolean wd_secrets_store_finish (GAsyncResult *result, GError **error);

void     wd_secrets_clear_async (const char *profile, WdSecretKind kind, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean wd_secrets_clear_finish (GAsyncResult *result, GError **error);

void       wd_secrets_unlock_profile_async (WdProfile *profile, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer data);
WdProfile *wd_secrets_unlock_profile_finish (GAsyncResult *result, GError **error);

G_END_DECLS
