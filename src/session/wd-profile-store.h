/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

/**
 * WdProfileProblem:
 * @name: of the connection
 * @error: why it cannot be read, and where
 *
 * A connection in the file that cannot be used as it is written there. It stays there.
 */
typedef struct {
  char *name;
  GError *error;
} WdProfileProblem;

#define WD_TYPE_PROFILE_STORE (wd_profile_store_get_type ())
G_DECLARE_FINAL_TYPE (WdProfileStore, wd_profile_store, WD, PROFILE_STORE, GObject)

WdProfileStore *wd_profile_store_new (const char *path);
const char     *wd_profile_store_get_path (WdProfileStore *self);

void       wd_profile_store_load_async (WdProfileStore *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
GPtrArray *wd_profile_store_load_finish (WdProfileStore *self, GAsyncResult *result,
                                         GPtrArray **problems, GError **error);
char     **wd_profile_store_names (GPtrArray *profiles, GPtrArray *problems, const char *except);
WdProfile *wd_profile_store_find (GPtrArray *profiles, GPtrArray *problems, const char *name,
                                  GError **error);

void     wd_profile_store_save_async (WdProfileStore *self, WdProfile *profile,
                                      const char *replaces,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
gboolean wd_profile_store_save_finish (WdProfileStore *self, GAsyncResult *result, GError **error);

void     wd_profile_store_remove_async (WdProfileStore *self, const char *name,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
gboolean wd_profile_store_remove_finish (WdProfileStore *self, GAsyncResult *result,
                                         GError **error);

G_END_DECLS
