/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-queue-event.h"
#include "model/wd-words.h"

G_BEGIN_DECLS

/* Of the clocks of whoever adds jobs, whoever runs them, and Redis. */
#define WD_RECORDING_DOUBT (60 * G_USEC_PER_SEC)

/**
 * WdRecordedRow:
 * @exists: whether there is such a row; else the rest is what a new one would say
 * @own: recording wrote it last, or it is not known who did: nobody has said anything since
 * @written: when it was written last, by Redis' clock
 * @status: what it says
 * @error: (owned) (nullable): its error message
 * @created: or %WD_TIME_NONE
 * @started: or %WD_TIME_NONE
 * @completed: or %WD_TIME_NONE
 * @retries: attempts that failed and were followed by another one
 * @changed: whether it says something else than it did
 * @anew: whether it now tells of another job of the same id
 * @guessed: whether the last retry was counted without knowing the job's record
 *
 * A row of `job_logs`, as far as recording has a say in it.
 */
typedef struct {
  gboolean exists;
  gboolean own;
  WdTime written;
  WdJobStatus status;
  char *error;
  WdTime created;
  WdTime started;
  WdTime completed;
  gint64 retries;
  gboolean changed;
  gboolean anew;
  gboolean guessed;
} WdRecordedRow;

void     wd_recorded_row_init (WdRecordedRow *self);
void     wd_recorded_row_clear (WdRecordedRow *self);
gboolean wd_recorded_row_is_open (const WdRecordedRow *self);
void     wd_recorded_row_apply (WdRecordedRow *self, const WdQueueEvent *event,
                                const WdQueueKnown *known);
gboolean wd_recorded_row_is_past (const WdRecordedRow *self, const WdQueueEvent *event,
                                  const WdQueueKnown *known);
gboolean wd_recorded_row_repair (WdRecordedRow *self, const WdQueueKnown *known, gboolean waits);

G_END_DECLS
