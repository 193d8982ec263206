/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "postgres/wd-pg-bulk-forecast.h"

G_BEGIN_DECLS

/**
 * WdBulkOutlook:
 *
 * What the queues of a lane would refuse of the jobs of a bulk retry. Its worker's.
 */
typedef struct _WdBulkOutlook WdBulkOutlook;

gboolean wd_bulk_outlook_new (WdLane *lane, WdBulkOutlook **outlook, GCancellable *cancellable,
                              GError **error);
void     wd_bulk_outlook_free (WdBulkOutlook *self);
gboolean wd_bulk_outlook_look (WdPgBulkJob *jobs, gsize n_jobs, gpointer outlook,
                               GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBulkOutlook, wd_bulk_outlook_free)

G_END_DECLS
