/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a job is made for a flag. A flag that is set is served once; whoever serves it is trusted
 * to clear it. One that stays set after its job has ended is left alone for a while and served
 * again, a few times a day; then people are asked. A flag that was cleared and set again is another
 * one, but the day's jobs count.
 *
 * All is judged by the database's clock. The workers' clocks say only when jobs ended that this
 * service did not make, and can only delay. */

#include "model/wd-flag-rule.h"

/**
 * wd_flag_facts_new:
 * @address: of a wallet
 *
 * Returns: (transfer full): facts of a flag that is not set and never was served
 */
WdFlagFacts *
wd_flag_facts_new (const char *address)
{
  WdFlagFacts *self = g_new0 (WdFlagFacts, 1);

  self->address = g_strdup (address);
  self->since = self->served_at = self->served_since = self->ended_at = self->stopped_at
      = self->last_made = self->last_ended = WD_TIME_NONE;
  return self;
}

/**
 * wd_flag_facts_free:
 * @self: (transfer full): facts
 */
void
wd_flag_facts_free (WdFlagFacts *self)
{
  g_free (self->address);
  g_free (self->served_job);
  g_free (self);
}

/* Whether the flag that was served was cleared since: then it has been set again. WD_TIME_NONE is
 * less than any other time. */
static gboolean
was_cleared (const WdFlagFacts *facts)
{
  return facts->since != WD_TIME_NONE && facts->since != facts->served_since;
}

static gboolean
cools_down (const WdFlagFacts *facts, gint64 cool_down)
{
  if (facts->served_at != WD_TIME_NONE && !was_cleared (facts)
      && (facts->ended_at == WD_TIME_NONE
          || facts->now < MAX (facts->served_at, facts->ended_at) + cool_down))
    return TRUE;
  /* Somebody else's job was for this flag where it was made since that is set, or since when is not
   * known. */
  return facts->last_made != WD_TIME_NONE && facts->last_made >= facts->since
         && facts->now < MAX (facts->last_made, facts->last_ended) + cool_down;
}

/**
 * wd_flag_facts_has_ended:
 * @self: facts
 *
 * Returns: whether the job that was made for the flag has ended, and nobody has noted that yet: the
 *   time to wait begins with it
 */
gboolean
wd_flag_facts_has_ended (const WdFlagFacts *self)
{
  return self->served_at != WD_TIME_NONE && self->ended_at == WD_TIME_NONE && !self->under_way;
}

/**
 * wd_flag_facts_is_new_stop:
 * @self: facts of a flag for which the day's jobs are used up
 *
 * Returns: whether nobody was told yet
 */
gboolean
wd_flag_facts_is_new_stop (const WdFlagFacts *self)
{
  return self->stopped_at == WD_TIME_NONE || self->stopped_at < self->since;
}

/**
 * wd_flag_rule:
 * @flag: which flag
 * @facts: what is known of it
 * @policy: how many jobs there may be
 *
 * Returns: what is to be done about it
 */
WdFlagVerdict
wd_flag_rule (WdFlag flag, const WdFlagFacts *facts, const WdFlagPolicy *policy)
{
  if (!facts->is_set)
    return WD_FLAG_NOT_SET;
  if (facts->under_way)
    return WD_FLAG_UNDER_WAY;
  if (flag == WD_FLAG_NEEDS_CONSOLIDATION && facts->needs_gas)
    return WD_FLAG_WAITS_FOR_GAS;
  if (cools_down (facts, policy->cool_down))
    return WD_FLAG_COOLS_DOWN;
  return facts->n_today >= policy->per_day ? WD_FLAG_STOPPED : WD_FLAG_DUE;
}
