/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-queue.h"

G_BEGIN_DECLS

void wd_queue_menu_set_up (GtkWidget *card, const char *queue);
void wd_queue_menu_update (GtkWidget *card, const WdQueueCounts *counts, gboolean may_write);

G_END_DECLS
