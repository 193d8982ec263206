/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"

G_BEGIN_DECLS

/* What the row of a job says that was discarded, and may have been queued before. A fact in the
 * database, so not translated. */
#define WD_RETRY_PERHAPS_RAN "discarded; not known whether it had been queued"

/**
 * WdRetryVerdict:
 * @WD_RETRY_GOES: it is failed there, or gone and can be put back
 * @WD_RETRY_AUTOMATIC: it is gone, and BullMQ made its id itself: nobody else can give it
 * @WD_RETRY_NO_DATA: it is gone, and its row has nothing to put it back with
 * @WD_RETRY_COMPLETED: it is completed there
 * @WD_RETRY_NOWHERE: its record is in none of the places that were looked at
 * @WD_RETRY_BY_ITSELF: BullMQ runs it by itself
 *
 * What becomes of the retry of a job of a failed row, by what its queue says of it.
 */
typedef enum {
  WD_RETRY_GOES,
  WD_RETRY_AUTOMATIC,
  WD_RETRY_NO_DATA,
  WD_RETRY_COMPLETED,
  WD_RETRY_NOWHERE,
  WD_RETRY_BY_ITSELF,
} WdRetryVerdict;

WdRetryVerdict wd_retry_judge (const char *state, gboolean automatic, gboolean has_data);
gboolean       wd_retry_is_guarded (const WdJob *job);
char          *wd_retry_dup_guard_key (const WdJob *job);
int            wd_retry_compare_newest (const WdJob *one, const WdJob *other);

G_END_DECLS
