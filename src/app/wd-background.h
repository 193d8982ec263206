/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     wd_background_ask_async (GApplication *application, GAsyncReadyCallback callback,
                                  gpointer data);
gboolean wd_background_ask_finish (GAsyncResult *result, gboolean *allowed, GError **error);
void     wd_background_tell (GApplication *application, const char *message);

G_END_DECLS
