/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-queue.h"

G_BEGIN_DECLS

void wd_queue_status_show (GtkLabel *badge, const WdQueueCounts *counts);

G_END_DECLS
