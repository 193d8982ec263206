/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-finding.h"
#include "model/wd-stats.h"

G_BEGIN_DECLS

#define WD_TYPE_WORKER_CARD (wd_worker_card_get_type ())
G_DECLARE_FINAL_TYPE (WdWorkerCard, wd_worker_card, WD, WORKER_CARD, GtkWidget)

WdWorkerCard *wd_worker_card_new (const char *job_type);
void          wd_worker_card_set_stats (WdWorkerCard *self, WdStats *stats,
                                        const WdWorkerStats *worker, gboolean has_queues);
void          wd_worker_card_set_finding (WdWorkerCard *self, const WdFinding *finding);
void          wd_worker_card_set_compact (WdWorkerCard *self, gboolean compact);
void          wd_worker_card_tick (WdWorkerCard *self, WdTime now);

G_END_DECLS
