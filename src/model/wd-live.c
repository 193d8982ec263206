/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-live.h"

static void
clear_live (WdLive *self)
{
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    g_free (self->reason[i]);
}

WD_DEFINE_RECORD (WdLive, wd_live, clear_live)

/**
 * wd_live_with:
 * @self: as it is
 * @source: which of them has changed
 * @state: to what
 * @reason: (nullable): why, where it is silent
 *
 * Returns: (transfer full): as it is now; what has not changed keeps its time
 */
WdLive *
wd_live_with (const WdLive *self, WdLiveSource source, WdLiveState state, const char *reason)
{
  WdLive *other = wd_live_new ();

  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    {
      gboolean same = i != source || self->state[i] == state;

      other->state[i] = i == source ? state : self->state[i];
      other->since[i] = same ? self->since[i] : wd_time_now ();
      other->reason[i] = g_strdup (i == source ? reason : self->reason[i]);
    }
  return other;
}

/**
 * wd_live_is_whole:
 * @self: which changes are told of
 *
 * Returns: whether all of them are that there can be; then nothing needs to be asked for
 */
gboolean
wd_live_is_whole (const WdLive *self)
{
  return self->state[WD_LIVE_DATABASE] == WD_LIVE_ON
         && (self->state[WD_LIVE_QUEUES] == WD_LIVE_ON
             || self->state[WD_LIVE_QUEUES] == WD_LIVE_OFF);
}
