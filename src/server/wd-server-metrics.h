/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdServerMetrics:
 *
 * What was asked of the service since it began, by what it was and what came of it. As large as
 * there are routes and statuses, whoever asks for what. Main thread.
 */
typedef struct _WdServerMetrics WdServerMetrics;

WdServerMetrics *wd_server_metrics_new (void);
void             wd_server_metrics_free (WdServerMetrics *self);
void             wd_server_metrics_count (WdServerMetrics *self, const char *path, guint status,
                                          gint64 microseconds);
void             wd_server_metrics_write (WdServerMetrics *self, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerMetrics, wd_server_metrics_free)

G_END_DECLS
