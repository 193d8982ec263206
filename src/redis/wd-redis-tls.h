/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GIOStream *wd_redis_tls_start (GIOStream *base, GSocketConnectable *place, const char *ca_file,
                               GMainContext *context, gint64 deadline, GCancellable *cancellable,
                               GError **error);
gboolean   wd_redis_tls_wait (GIOStream *tls, GIOCondition condition, GMainContext *context,
                              gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
