/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-paged-list.h"

G_BEGIN_DECLS

typedef struct _WdTimelineSlots WdTimelineSlots;

WdTimelineSlots *wd_timeline_slots_new (GtkListView *view, WdPagedList *list);
void             wd_timeline_slots_free (WdTimelineSlots *self);
void             wd_timeline_slots_queue_headings (WdTimelineSlots *self);
void             wd_timeline_slots_tell (WdTimelineSlots *self, WdTime now);

G_END_DECLS
