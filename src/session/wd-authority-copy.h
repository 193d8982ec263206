/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void  wd_authority_copy_async (GFile *file, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
char *wd_authority_copy_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
