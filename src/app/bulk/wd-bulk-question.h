/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-bulk-run.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

gboolean wd_bulk_question_is_needed (const WdProfile *profile, const WdBulkRun *run,
                                     gint64 n);
void     wd_bulk_question_ask (GtkWindow *parent, const WdProfile *profile,
                               const WdBulkRequest *request, gint64 n, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
