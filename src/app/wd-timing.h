/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-paged-list.h"

G_BEGIN_DECLS

void wd_timing_begin (void);
void wd_timing_watch (GtkWidget *window, WdPagedList *list);
void wd_timing_end (void);

G_END_DECLS
