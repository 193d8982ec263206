/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-history-request.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

static const char *const range_words[] = { "1h", "24h", "7d", "30d" };

/**
 * wd_history_request_new:
 *
 * Returns: (transfer full): a request for the last 24 hours of all jobs
 */
WdHistoryRequest *
wd_history_request_new (void)
{
  WdHistoryRequest *self = g_new0 (WdHistoryRequest, 1);

  self->range = WD_HISTORY_DAY;
  self->from = WD_TIME_NONE;
  self->to = WD_TIME_NONE;
  return self;
}

/**
 * wd_history_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): the same by itself
 */
WdHistoryRequest *
wd_history_request_copy (const WdHistoryRequest *self)
{
  WdHistoryRequest *copy = g_memdup2 (self, sizeof *self);

  copy->job_type = g_strdup (self->job_type);
  copy->zone = self->zone != NULL ? g_time_zone_ref (self->zone) : NULL;
  return copy;
}

/**
 * wd_history_request_free:
 * @self: (transfer full): a request
 */
void
wd_history_request_free (WdHistoryRequest *self)
{
  g_free (self->job_type);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

/**
 * wd_history_range_parse:
 * @word: what somebody wrote
 * @range: (out): the range it says
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_history_range_parse (const char *word, WdHistoryRange *range, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (range_words); i++)
    if (g_strcmp0 (word, range_words[i]) == 0)
      {
        *range = (WdHistoryRange) i;
        return TRUE;
      }
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” is no range: use 1h, 24h, 7d or 30d"), word);
  return FALSE;
}
