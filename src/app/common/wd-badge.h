/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-words.h"

G_BEGIN_DECLS

/* Style classes of a badge or a figure; NULL is the plain one. Never colour alone: a badge always
 * carries its word. */
#define WD_TONE_OK      "ok"
#define WD_TONE_CAUTION "caution"
#define WD_TONE_WRONG   "wrong"
#define WD_TONE_BUSY    "busy"

const char *wd_tone_of_job_status (const char *word);
const char *wd_tone_of_worker_status (WdWorkerStatus status);
const char *wd_tone_of_queue_state (const char *state);
void        wd_tone_set (GtkWidget *widget, const char *tone);

G_END_DECLS
