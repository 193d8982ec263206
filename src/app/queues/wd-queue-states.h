/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-queue.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_STATES (wd_queue_states_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueStates, wd_queue_states, WD, QUEUE_STATES, GtkWidget)

void        wd_queue_states_set_counts (WdQueueStates *self, const WdQueueCounts *counts);
void        wd_queue_states_choose (WdQueueStates *self, const char *state);
const char *wd_queue_states_get_chosen (WdQueueStates *self);

G_END_DECLS
