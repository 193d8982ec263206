/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with a connection: the error of each feed and since when, until that feed brings
 * something again. */

#include "session/wd-troubles.h"

#include "base/wd-error.h"

typedef struct {
  GError *error;     /* (owned) (nullable) */
  WdTime since;
} Trouble;

struct _WdTroubles {
  Trouble feeds[WD_N_FEEDS];
};

/* Errors about a request rather than the connection belong to whoever made the request. */
static gboolean
is_trouble (const GError *error)
{
  if (error == NULL || wd_error_is_cancelled (error))
    return FALSE;
  return !g_error_matches (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT)
         && !g_error_matches (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED)
         && !g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND)
         && !g_error_matches (error, WD_ERROR, WD_ERROR_REFUSED);
}

/**
 * wd_troubles_new:
 *
 * Returns: (transfer full): nothing wrong yet
 */
WdTroubles *
wd_troubles_new (void)
{
  return g_new0 (WdTroubles, 1);
}

/**
 * wd_troubles_free:
 * @self: (transfer full): what is wrong
 */
void
wd_troubles_free (WdTroubles *self)
{
  for (guint i = 0; i < WD_N_FEEDS; i++)
    g_clear_error (&self->feeds[i].error);
  g_free (self);
}

/**
 * wd_troubles_report:
 * @self: what is wrong
 * @feed: who reports
 * @error: (nullable): what its last request brought instead of an answer; %NULL when it answered
 *
 * Returns: whether something else is wrong now
 */
gboolean
wd_troubles_report (WdTroubles *self, WdFeed feed, const GError *error)
{
  Trouble *trouble;

  g_return_val_if_fail (feed < WD_N_FEEDS, FALSE);

  trouble = &self->feeds[feed];
  if (trouble->error == NULL)
    {
      if (!is_trouble (error))
        return FALSE;
      trouble->since = wd_time_now ();
    }
  g_clear_error (&trouble->error);
  if (is_trouble (error))
    trouble->error = g_error_copy (error);
  return TRUE;
}

/**
 * wd_troubles_has:
 * @self: what is wrong
 * @feed: a feed
 *
 * Returns: whether something is wrong with @feed
 */
gboolean
wd_troubles_has (WdTroubles *self, WdFeed feed)
{
  g_return_val_if_fail (feed < WD_N_FEEDS, FALSE);

  return self->feeds[feed].error != NULL;
}

/**
 * wd_troubles_get_worst:
 * @self: what is wrong
 * @feed: (out): where
 * @since: (out): since when
 *
 * Returns: (transfer none) (nullable): the worst that is wrong now; %NULL when nothing is
 */
const GError *
wd_troubles_get_worst (WdTroubles *self, WdFeed *feed, WdTime *since)
{
  for (guint i = 0; i < WD_N_FEEDS; i++)
    if (self->feeds[i].error != NULL)
      {
        *feed = i;
        *since = self->feeds[i].since;
        return self->feeds[i].error;
      }
  return NULL;
}
