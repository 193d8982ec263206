/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-flags.h"

G_BEGIN_DECLS

#define WD_FLAG_COOL_DOWN_DEFAULT  3600
#define WD_FLAG_PER_DAY_DEFAULT    3
#define WD_FLAG_PER_MINUTE_DEFAULT 60

/**
 * WdFlagPolicy:
 * @cool_down: how long a flag that stays set is left alone once its job has ended, in microseconds
 * @per_day: jobs for one flag of one wallet a day (UTC)
 * @per_minute: jobs of each type a minute, of all wallets together
 *
 * How many jobs flags may cause.
 */
typedef struct {
  gint64 cool_down;
  guint per_day;
  guint per_minute;
} WdFlagPolicy;

/**
 * WdFlagFacts:
 * @address: (owned): of the wallet
 * @now: by the database's clock, as all these times but those of other jobs
 * @is_set: whether the flag is
 * @needs_gas: whether the wallet's other flag is, or a job sees to that
 * @under_way: whether a job of the type is
 * @since: since when the flag is set, or %WD_TIME_NONE
 * @served_at: when the last job was made for it, or %WD_TIME_NONE
 * @served_since: since when it was set then, or %WD_TIME_NONE
 * @served_job: (owned) (nullable): that job
 * @ended_at: when that was seen to have ended, or %WD_TIME_NONE
 * @n_today: jobs made for it today
 * @stopped_at: since when no more are made, or %WD_TIME_NONE
 * @last_made: when anybody's last job of the type was made, or %WD_TIME_NONE
 * @last_ended: when one ended, likewise, by a worker's clock
 *
 * What is known of one flag of one wallet.
 */
typedef struct {
  char *address;
  WdTime now;
  gboolean is_set;
  gboolean needs_gas;
  gboolean under_way;
  WdTime since;
  WdTime served_at;
  WdTime served_since;
  char *served_job;
  WdTime ended_at;
  guint n_today;
  WdTime stopped_at;
  WdTime last_made;
  WdTime last_ended;
} WdFlagFacts;

/**
 * WdFlagVerdict:
 * @WD_FLAG_DUE: a job is to be made
 * @WD_FLAG_NOT_SET: there is nothing to do
 * @WD_FLAG_UNDER_WAY: somebody's job is doing it
 * @WD_FLAG_WAITS_FOR_GAS: a consolidation would fail
 * @WD_FLAG_COOLS_DOWN: a job has ended and the flag was not cleared; not yet again
 * @WD_FLAG_STOPPED: a job is due, and the day's are used up
 *
 * What is to be done about one flag of one wallet.
 */
typedef enum {
  WD_FLAG_DUE,
  WD_FLAG_NOT_SET,
  WD_FLAG_UNDER_WAY,
  WD_FLAG_WAITS_FOR_GAS,
  WD_FLAG_COOLS_DOWN,
  WD_FLAG_STOPPED,
  WD_N_FLAG_VERDICTS,
} WdFlagVerdict;

WdFlagFacts  *wd_flag_facts_new (const char *address);
void          wd_flag_facts_free (WdFlagFacts *self);
gboolean      wd_flag_facts_has_ended (const WdFlagFacts *self);
gboolean      wd_flag_facts_is_new_stop (const WdFlagFacts *self);
WdFlagVerdict wd_flag_rule (WdFlag flag, const WdFlagFacts *facts, const WdFlagPolicy *policy);

G_END_DECLS
