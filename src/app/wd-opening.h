/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "session/wd-profile-store.h"

G_BEGIN_DECLS

void       wd_opening_find_async (WdProfileStore *store, const char *name,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
WdProfile *wd_opening_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
