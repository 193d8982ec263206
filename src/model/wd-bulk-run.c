/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-bulk-run.h"

#include <glib/gi18n-lib.h>

/* By number. */
static const char *const state_words[] = { "frozen", "running", "paused", "done", "discarded" };

static void
clear_run (WdBulkRun *self)
{
  g_free (self->id);
  g_clear_pointer (&self->request, wd_bulk_request_free);
  g_free (self->created_by);
  g_free (self->last_error);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->forecast, g_ptr_array_unref);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdBulkRun, wd_bulk_run, clear_run)

/**
 * wd_bulk_state_word:
 * @state: a state
 *
 * Returns: (transfer none): its word, in documents and in the database
 */
const char *
wd_bulk_state_word (WdBulkState state)
{
  g_return_val_if_fail ((gsize) state < G_N_ELEMENTS (state_words), NULL);

  return state_words[state];
}

/**
 * wd_bulk_state_from_word:
 * @word: (nullable): a word
 * @state: (out): what it means
 *
 * Returns: whether it is one of them
 */
gboolean
wd_bulk_state_from_word (const char *word, WdBulkState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_strcmp0 (word, state_words[i]) == 0)
      {
        *state = (WdBulkState) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * wd_bulk_run_count_left:
 * @self: a run
 *
 * Returns: to how many subjects nothing was done yet
 */
gint64
wd_bulk_run_count_left (const WdBulkRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->total - self->done - self->refused;
}

/**
 * wd_bulk_run_get_rate:
 * @self: a run
 *
 * Returns: how many subjects a second whoever runs it now, or ran it last, has settled; 0 where
 *   that cannot be said yet
 */
double
wd_bulk_run_get_rate (const WdBulkRun *self)
{
  gint64 settled;

  g_return_val_if_fail (self != NULL, 0);

  settled = self->done + self->refused - self->settled_before;
  if (!wd_time_is_finite (self->started_at) || !wd_time_is_finite (self->heartbeat)
      || self->heartbeat <= self->started_at || settled <= 0)
    return 0;
  return (double) settled * G_USEC_PER_SEC / (double) (self->heartbeat - self->started_at);
}

/**
 * wd_bulk_run_describe_not_asked:
 * @self: a run
 * @number: of how many jobs their queues could not be asked, as it is to be written
 *
 * Returns: (transfer full) (nullable): what its forecast leaves out; %NULL for nothing
 */
char *
wd_bulk_run_describe_not_asked (const WdBulkRun *self, const char *number)
{
  g_return_val_if_fail (self != NULL && number != NULL, NULL);

  if (self->not_asked == 0)
    return NULL;
  return g_strdup_printf (ngettext ("The queue of %s job could not be asked: whether it would be "
                                    "refused there is not counted.",
                                    "The queues of %s jobs could not be asked: what would be "
                                    "refused there is not counted.", (gulong) self->not_asked),
                          number);
}

/**
 * wd_bulk_count_new:
 * @job_type: (nullable): a type
 * @network: (nullable): a network
 * @n: how many subjects
 *
 * Returns: (transfer full): a count
 */
WdBulkCount *
wd_bulk_count_new (const char *job_type, const char *network, gint64 n)
{
  WdBulkCount *self = g_new0 (WdBulkCount, 1);

  self->job_type = g_strdup (job_type);
  self->network = g_strdup (network);
  self->n = n;
  return self;
}

/**
 * wd_bulk_count_free:
 * @self: (transfer full): a count
 */
void
wd_bulk_count_free (WdBulkCount *self)
{
  g_free (self->job_type);
  g_free (self->network);
  g_free (self);
}

/**
 * wd_bulk_forecast_new:
 * @code: of #WdError
 * @reason: why they will be refused
 * @n: how many subjects
 *
 * Returns: (transfer full): a forecast
 */
WdBulkForecast *
wd_bulk_forecast_new (int code, const char *reason, gint64 n)
{
  WdBulkForecast *self = g_new0 (WdBulkForecast, 1);

  self->code = code;
  self->reason = g_strdup (reason);
  self->n = n;
  return self;
}

/**
 * wd_bulk_forecast_free:
 * @self: (transfer full): a forecast
 */
void
wd_bulk_forecast_free (WdBulkForecast *self)
{
  g_free (self->reason);
  g_free (self);
}
