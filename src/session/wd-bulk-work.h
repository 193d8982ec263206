/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

/**
 * WdBulkWorkState:
 * @WD_BULK_WORK_FOUND: nobody works on it, and it was not begun or paused here
 * @WD_BULK_WORK_OTHERS: somebody else works on it
 * @WD_BULK_WORK_RUNNING: it is worked on here
 * @WD_BULK_WORK_WAITING: a server is gone; it is gone on with by itself
 * @WD_BULK_WORK_PAUSING: it will be paused after the slice under way
 * @WD_BULK_WORK_PAUSED: it rests, as somebody wanted here, or until what hinders it is mended
 * @WD_BULK_WORK_STOPPING: what is left will not be done
 * @WD_BULK_WORK_ENDED: nothing more will be done
 */
typedef enum {
  WD_BULK_WORK_FOUND,
  WD_BULK_WORK_OTHERS,
  WD_BULK_WORK_RUNNING,
  WD_BULK_WORK_WAITING,
  WD_BULK_WORK_PAUSING,
  WD_BULK_WORK_PAUSED,
  WD_BULK_WORK_STOPPING,
  WD_BULK_WORK_ENDED,
} WdBulkWorkState;

#define WD_TYPE_BULK_WORK (wd_bulk_work_get_type ())
G_DECLARE_FINAL_TYPE (WdBulkWork, wd_bulk_work, WD, BULK_WORK, GObject)

WdBulkWork     *wd_bulk_work_new (WdBackend *backend, WdBulkRun *run);

void            wd_bulk_work_go_on (WdBulkWork *self);
void            wd_bulk_work_pause (WdBulkWork *self);
void            wd_bulk_work_stop (WdBulkWork *self);
void            wd_bulk_work_leave (WdBulkWork *self);
void            wd_bulk_work_take_run (WdBulkWork *self, WdBulkRun *run);

WdBulkRun      *wd_bulk_work_get_run (WdBulkWork *self);
WdBulkWorkState wd_bulk_work_get_state (WdBulkWork *self);
gboolean        wd_bulk_work_is_active (WdBulkWork *self);
gboolean        wd_bulk_work_goes_on (WdBulkWork *self);
gboolean        wd_bulk_work_holds (WdBulkWork *self);
gboolean        wd_bulk_work_needs_care (WdBulkWork *self);
const GError   *wd_bulk_work_get_error (WdBulkWork *self);
void            wd_bulk_work_get_numbers (WdBulkWork *self, gint64 *done, gint64 *refused);
gint64          wd_bulk_work_get_left (WdBulkWork *self);
double          wd_bulk_work_get_rate (WdBulkWork *self);
gint64          wd_bulk_work_get_wait (WdBulkWork *self);

G_END_DECLS
