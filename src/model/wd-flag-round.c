/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-flag-round.h"

static void
clear_round (WdFlagRound *self)
{
  for (guint flag = 0; flag < WD_N_FLAGS; flag++)
    {
      g_free (self->hindrance[flag]);
      g_free (self->after[flag]);
    }
  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_pointer (&self->stopped, g_ptr_array_unref);
  g_free (self->unusable);
  g_free (self->failure);
}

WD_DEFINE_RECORD (WdFlagRound, wd_flag_round, clear_round)

static void
free_event (gpointer data)
{
  WdFlagEvent *event = data;

  g_free (event->address);
  g_free (event->job_id);
  g_free (event);
}

/**
 * wd_flag_round_create:
 *
 * Returns: (transfer full): a round in which nothing has happened
 */
WdFlagRound *
wd_flag_round_create (void)
{
  WdFlagRound *self = wd_flag_round_new ();

  self->made = g_ptr_array_new_with_free_func (free_event);
  self->stopped = g_ptr_array_new_with_free_func (free_event);
  return self;
}

/**
 * wd_flag_round_add:
 * @events: (element-type WdFlagEvent): of a round
 * @flag: which flag
 * @facts: of which wallet
 * @job_id: (nullable): the job
 */
void
wd_flag_round_add (GPtrArray *events, WdFlag flag, const WdFlagFacts *facts, const char *job_id)
{
  WdFlagEvent *event = g_new0 (WdFlagEvent, 1);

  event->flag = flag;
  event->address = g_strdup (facts->address);
  event->since = facts->since;
  event->job_id = g_strdup (job_id);
  g_ptr_array_add (events, event);
}

/**
 * wd_flag_round_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): a copy
 */
WdFlagRoundRequest *
wd_flag_round_request_copy (const WdFlagRoundRequest *self)
{
  WdFlagRoundRequest *copy = g_new (WdFlagRoundRequest, 1);

  *copy = *self;
  for (guint flag = 0; flag < WD_N_FLAGS; flag++)
    copy->after[flag] = g_strdup (self->after[flag]);
  return copy;
}

/**
 * wd_flag_round_request_free:
 * @self: (transfer full): a request
 */
void
wd_flag_round_request_free (WdFlagRoundRequest *self)
{
  for (guint flag = 0; flag < WD_N_FLAGS; flag++)
    g_free (self->after[flag]);
  g_free (self);
}
