/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-saved-view.h"

G_BEGIN_DECLS

#define WD_TYPE_SAVED_VIEWS (wd_saved_views_get_type ())
G_DECLARE_FINAL_TYPE (WdSavedViews, wd_saved_views, WD, SAVED_VIEWS, GObject)

WdSavedViews *wd_saved_views_new (const char *path);
WdSavedView  *wd_saved_views_find (WdSavedViews *self, const char *name, guint *position);

void     wd_saved_views_load_async (WdSavedViews *self, GAsyncReadyCallback callback,
                                    gpointer data);
void     wd_saved_views_save_async (WdSavedViews *self, WdSavedView *view, const char *replaces,
                                    GAsyncReadyCallback callback, gpointer data);
void     wd_saved_views_move_async (WdSavedViews *self, const char *name, guint position,
                                    GAsyncReadyCallback callback, gpointer data);
void     wd_saved_views_import_async (WdSavedViews *self, GKeyFile *from, const char *const *names,
                                      GAsyncReadyCallback callback, gpointer data);
gboolean wd_saved_views_change_finish (WdSavedViews *self, GAsyncResult *result, GError **error);

void      wd_saved_views_remove_async (WdSavedViews *self, const char *name,
                                       GAsyncReadyCallback callback, gpointer data);
GKeyFile *wd_saved_views_remove_finish (WdSavedViews *self, GAsyncResult *result, GError **error);
void      wd_saved_views_restore_async (WdSavedViews *self, GKeyFile *removed, guint position,
                                        GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
