/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-queue.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_CARD (wd_queue_card_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueCard, wd_queue_card, WD, QUEUE_CARD, GtkWidget)

WdQueueCard         *wd_queue_card_new (const char *queue, WdWorkspace *workspace);
void                 wd_queue_card_set_counts (WdQueueCard *self, WdQueueCounts *counts,
                                               gint64 finished_last_hour, gboolean may_write);
const WdQueueCounts *wd_queue_card_get_counts (WdQueueCard *self);
void                 wd_queue_card_set_busy (WdQueueCard *self, gboolean busy);
void                 wd_queue_card_tick (WdQueueCard *self, WdTime now);

G_END_DECLS
