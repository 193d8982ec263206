/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-profile-store.h"

G_BEGIN_DECLS

void     wd_profile_keeper_save_async (WdProfileStore *store, WdProfile *profile,
                                       WdProfile *replaces, gboolean keep_passwords,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
gboolean wd_profile_keeper_save_finish (GAsyncResult *result, char **warning, GError **error);

void     wd_profile_keeper_delete_async (WdProfileStore *store, WdProfile *profile,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);
gboolean wd_profile_keeper_delete_finish (GAsyncResult *result, char **warning, GError **error);

G_END_DECLS
