/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a job is made for a flag, by a clock of the test. */

#include "model/wd-flag-rule.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR   (60 * MINUTE)
#define NOW    (WdTime) (1000 * HOUR)
#define NONE   WD_TIME_NONE

static const WdFlagPolicy policy = { HOUR, 3, 60 };

typedef struct {
  const char *name;
  WdFlag flag;
  WdFlagFacts facts;
  WdFlagVerdict expected;
} Case;

#define GAS           WD_FLAG_NEEDS_GAS
#define CONSOLIDATION WD_FLAG_NEEDS_CONSOLIDATION

#define NEVER_SERVED .served_at = NONE, .served_since = NONE, .ended_at = NONE, .stopped_at = NONE
#define NO_OTHERS    .last_made = NONE, .last_ended = NONE
/* Set two hours before, and served at once. */
#define SERVED(ended)                                                                     \
  .now = NOW, .is_set = TRUE, .since = NOW - 2 * HOUR, .served_since = NOW - 2 * HOUR,    \
  .served_at = NOW - 2 * HOUR, .ended_at = ended, .n_today = 1, .stopped_at = NONE

static const Case cases[] = {
  { "not set", GAS, { .now = NOW, .since = NONE, NEVER_SERVED, NO_OTHERS }, WD_FLAG_NOT_SET },
  { "set", GAS, { .now = NOW, .is_set = TRUE, .since = NOW, NEVER_SERVED, NO_OTHERS },
    WD_FLAG_DUE },
  { "set before this began to be kept", GAS,
    { .now = NOW, .is_set = TRUE, .since = NONE, NEVER_SERVED, NO_OTHERS }, WD_FLAG_DUE },
  { "somebody's job is under way", GAS,
    { .now = NOW, .is_set = TRUE, .under_way = TRUE, .since = NOW, NEVER_SERVED, NO_OTHERS },
    WD_FLAG_UNDER_WAY },
  { "gas is needed for gas", GAS,
    { .now = NOW, .is_set = TRUE, .needs_gas = TRUE, .since = NOW, NEVER_SERVED, NO_OTHERS },
    WD_FLAG_DUE },
  { "gas first", CONSOLIDATION,
    { .now = NOW, .is_set = TRUE, .needs_gas = TRUE, .since = NOW, NEVER_SERVED, NO_OTHERS },
    WD_FLAG_WAITS_FOR_GAS },
  { "no gas needed", CONSOLIDATION,
    { .now = NOW, .is_set = TRUE, .since = NOW, NEVER_SERVED, NO_OTHERS }, WD_FLAG_DUE },
  { "its job has ended this moment", GAS, { SERVED (NONE), NO_OTHERS }, WD_FLAG_COOLS_DOWN },
  { "its job ended just under an hour ago", GAS, { SERVED (NOW - HOUR + 1), NO_OTHERS },
    WD_FLAG_COOLS_DOWN },
  { "its job ended an hour ago", GAS, { SERVED (NOW - HOUR), NO_OTHERS }, WD_FLAG_DUE },
  { "ended before it was made, by a wrong clock", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 2 * HOUR, .served_since = NOW - 2 * HOUR,
      .served_at = NOW - MINUTE, .ended_at = NOW - 2 * HOUR, .n_today = 1, .stopped_at = NONE,
      NO_OTHERS },
    WD_FLAG_COOLS_DOWN },
  { "cleared and set again", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 1, .served_since = NOW - 2 * HOUR,
      .served_at = NOW - HOUR / 2, .ended_at = NOW - MINUTE, .n_today = 1, .stopped_at = NONE,
      NO_OTHERS },
    WD_FLAG_DUE },
  { "cleared and set again, the day's are used up", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 1, .served_since = NOW - 2 * HOUR,
      .served_at = NOW - HOUR / 2, .ended_at = NOW - MINUTE, .n_today = 3, .stopped_at = NONE,
      NO_OTHERS },
    WD_FLAG_STOPPED },
  { "set with its wallet, and not touched since", GAS,
    { .now = NOW, .is_set = TRUE, .since = NONE, .served_since = NONE, .served_at = NOW - HOUR / 2,
      .ended_at = NOW - MINUTE, .n_today = 1, .stopped_at = NONE, NO_OTHERS },
    WD_FLAG_COOLS_DOWN },
  { "set with its wallet, and once more since it was served", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 1, .served_since = NONE,
      .served_at = NOW - HOUR / 2, .ended_at = NOW - MINUTE, .n_today = 1, .stopped_at = NONE,
      NO_OTHERS },
    WD_FLAG_DUE },
  { "since when is not kept any more", GAS,
    { .now = NOW, .is_set = TRUE, .since = NONE, .served_since = NOW - 2 * HOUR,
      .served_at = NOW - HOUR / 2, .ended_at = NOW - MINUTE, .n_today = 1, .stopped_at = NONE,
      NO_OTHERS },
    WD_FLAG_COOLS_DOWN },
  { "the third of a day", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 9 * HOUR, .served_since = NOW - 9 * HOUR,
      .served_at = NOW - 3 * HOUR, .ended_at = NOW - 2 * HOUR, .n_today = 2, .stopped_at = NONE,
      NO_OTHERS },
    WD_FLAG_DUE },
  { "a fourth of a day", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 9 * HOUR, .served_since = NOW - 9 * HOUR,
      .served_at = NOW - 3 * HOUR, .ended_at = NOW - 2 * HOUR, .n_today = 3, .stopped_at = NONE,
      NO_OTHERS },
    WD_FLAG_STOPPED },
  { "an admin's job was for it", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 2 * HOUR, NEVER_SERVED,
      .last_made = NOW - HOUR / 2, .last_ended = NOW - HOUR / 3 },
    WD_FLAG_COOLS_DOWN },
  { "an admin's job may have been for it", GAS,
    { .now = NOW, .is_set = TRUE, .since = NONE, NEVER_SERVED, .last_made = NOW - HOUR / 2,
      .last_ended = NOW - HOUR / 3 },
    WD_FLAG_COOLS_DOWN },
  { "an admin's job was made before it was set", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - HOUR / 3, NEVER_SERVED,
      .last_made = NOW - HOUR / 2, .last_ended = NOW - HOUR / 4 },
    WD_FLAG_DUE },
  { "an admin's job ended long ago", GAS,
    { .now = NOW, .is_set = TRUE, .since = NOW - 9 * HOUR, NEVER_SERVED,
      .last_made = NOW - 2 * HOUR, .last_ended = NOW - HOUR },
    WD_FLAG_DUE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  g_assert_cmpint (wd_flag_rule (c->flag, &c->facts, &policy), ==, c->expected);
}

/* A worker that runs for so long and clears the flag, or never does; the service looks every
 * minute. Three days from the first midnight on. */
static void
run_days (gint64 run, gboolean clears, guint expected)
{
  WdFlagFacts facts = { .is_set = TRUE, .since = 0, NEVER_SERVED, NO_OTHERS };
  WdTime ends_at = NONE, last_end = NONE;
  gint64 day = 0;
  guint n_jobs = 0;

  for (facts.now = 0; facts.now < 72 * HOUR; facts.now += MINUTE)
    {
      if (facts.now / (24 * HOUR) != day)
        {
          day = facts.now / (24 * HOUR);
          facts.n_today = 0;
        }
      if (facts.under_way && facts.now >= ends_at)
        {
          facts.under_way = FALSE;
          facts.last_ended = last_end = ends_at;
          facts.is_set = !clears;
        }
      if (wd_flag_facts_has_ended (&facts))
        facts.ended_at = facts.now;
      if (wd_flag_rule (GAS, &facts, &policy) != WD_FLAG_DUE)
        continue;
      g_assert_true (last_end == NONE || facts.now - last_end >= HOUR);
      facts.served_at = facts.last_made = facts.now;
      facts.served_since = facts.since;
      facts.ended_at = NONE;
      facts.under_way = TRUE;
      ends_at = facts.now + run;
      g_assert_cmpuint (++facts.n_today, <=, 3);
      n_jobs++;
    }
  g_assert_cmpuint (n_jobs, ==, expected);
}

static void
test_days (void)
{
  run_days (MINUTE, TRUE, 1);
  run_days (MINUTE, FALSE, 9);
  run_days (5 * HOUR, FALSE, 9);
  /* Eleven hours and the hour after it: two a day. */
  run_days (11 * HOUR, FALSE, 6);
}

static void
test_new_stop (void)
{
  WdFlagFacts facts = { .is_set = TRUE, .since = NOW, .stopped_at = NONE };

  g_assert_true (wd_flag_facts_is_new_stop (&facts));
  facts.stopped_at = NOW;
  g_assert_false (wd_flag_facts_is_new_stop (&facts));
  facts.since = NOW + 1;
  g_assert_true (wd_flag_facts_is_new_stop (&facts));
  facts.since = NONE;
  g_assert_false (wd_flag_facts_is_new_stop (&facts));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/flag-rule/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/flag-rule/three days", test_days);
  g_test_add_func ("/flag-rule/new stop", test_new_stop);
  return g_test_run ();
}
