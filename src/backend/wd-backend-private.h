/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

GTask *wd_backend_make_task (WdBackend *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data, gpointer tag,
                             const char *name);
GTask *wd_backend_make_upkeep_task (WdBackend *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data, gpointer tag,
                                    const char *name);
GTask *wd_backend_make_write_task (WdBackend *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data, gpointer tag,
                                   const char *name);

G_END_DECLS
