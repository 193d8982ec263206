/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-result.h"

/**
 * wd_bullmq_result_new:
 * @outcome: what became of the job
 *
 * Returns: (transfer full): a result without details
 */
WdBullmqResult *
wd_bullmq_result_new (WdBullmqOutcome outcome)
{
  WdBullmqResult *self = g_new0 (WdBullmqResult, 1);

  self->outcome = outcome;
  return self;
}

/**
 * wd_bullmq_result_free:
 * @self: (nullable) (transfer full): a result
 */
void
wd_bullmq_result_free (WdBullmqResult *self)
{
  if (self == NULL)
    return;
  g_free (self->state);
  g_free (self->message);
  g_free (self);
}

/**
 * wd_bullmq_outcome_is_done:
 * @outcome: of a job
 *
 * Returns: whether the order has been carried out, by this call or an earlier one
 */
gboolean
wd_bullmq_outcome_is_done (WdBullmqOutcome outcome)
{
  return outcome == WD_BULLMQ_DONE || outcome == WD_BULLMQ_DONE_WITH_WARNING
         || outcome == WD_BULLMQ_ALREADY_DONE;
}
