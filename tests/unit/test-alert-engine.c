/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules of alerts, by tables, with a clock of their own: what opens, what ends, what is told. */

#include <gio/gio.h>
#include <string.h>

#include "session/wd-alert-engine.h"

#define MINUTE  (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define UNKNOWN (-1)
#define ABSENT  (-2)
#define OFF     (-3)   /* the rule is switched off, and nothing is known */
#define MAX_STEPS 16

/* Minutes since the beginning; what is measured then; what becomes of it. */
typedef struct {
  int minute;
  gint64 value;
  const char *expected;
} Step;

typedef struct {
  const char *name;
  gint64 threshold;
  gint64 hold;      /* minutes, like the cooldown */
  gint64 cooldown;
  Step steps[MAX_STEPS];
} Story;

/* 2026-11-26 12:00 UTC */
static const WdTime noon = G_GINT64_CONSTANT (1795694400) * G_USEC_PER_SEC;

static WdTime
at (int minute)
{
  return noon + minute * MINUTE;
}

static WdReading *
read_value (WdAlertMetric metric, const char *subject, gint64 value)
{
  WdReading *reading = wd_reading_new ();

  if (value == ABSENT)
    wd_reading_measured (reading, metric);
  else if (value >= 0)
    wd_reading_set (reading, metric, subject, value);
  return reading;
}

/* The words of what changed; a bang where people are told. */
static char *
feed (WdAlertEngine *engine, WdAlertMetric metric, const char *subject, gint64 value, WdTime now)
{
  g_autoptr (WdReading) reading = read_value (metric, subject, value);
  g_autoptr (GPtrArray) changes = wd_alert_engine_feed (engine, reading, now);
  g_autoptr (GPtrArray) retired = wd_alert_engine_retire (engine, now);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const WdAlertChange *change = changes->pdata[i];

      g_string_append_printf (words, "%s%s%s", i > 0 ? " " : "",
                              wd_alert_event_word (change->event), change->notify ? "!" : "");
    }
  if (retired->len > 0)
    g_string_append_printf (words, "%shistory", words->len > 0 ? " " : "");
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static WdAlertRules *
make_rules (const Story *story)
{
  WdAlertRules *rules = wd_alert_rules_create ();
  WdAlertRule *rule = &rules->rules[WD_ALERT_QUEUE_DEPTH];

  rule->threshold = story->threshold;
  rule->hold = story->hold * 60;
  rule->cooldown = story->cooldown * 60;
  return rules;
}

static const Story stories[] = {
  { "at the threshold, not under it", 20, 0, 10,
    { { 0, 19, "" }, { 1, 20, "opened!" }, { 2, 21, "" }, { 3, 17, "resolved" } } },
  { "one incident is told of once", 20, 0, 10,
    { { 0, 20, "opened!" }, { 1, 200, "" }, { 90, 30, "" }, { 500, 2000, "" } } },
  { "it ends a tenth under the threshold", 100, 0, 10,
    { { 0, 100, "opened!" }, { 1, 99, "" }, { 2, 90, "" }, { 3, 89, "resolved" } } },
  { "a threshold of one ends at none", 1, 0, 10,
    { { 0, 1, "opened!" }, { 1, 1, "" }, { 2, 0, "resolved" } } },
  { "it must hold", 20, 5, 10,
    { { 0, 20, "" }, { 4, 20, "" }, { 5, 20, "opened!" }, { 6, 0, "resolved" } } },
  { "a break begins anew", 20, 5, 10,
    { { 0, 20, "" }, { 4, 19, "" }, { 5, 20, "" }, { 9, 20, "" }, { 10, 20, "opened!" } } },
  { "what nobody looked at for hours did not hold", 20, 5, 10,
    { { 0, 20, "" }, { 300, 20, "" }, { 304, 20, "" }, { 305, 20, "opened!" } } },
  { "what is not known opens nothing", 1, 0, 10, { { 0, UNKNOWN, "" }, { 1, UNKNOWN, "" } } },
  { "what is not known ends nothing", 20, 0, 10,
    { { 0, 20, "opened!" }, { 1, UNKNOWN, "" }, { 600, UNKNOWN, "" }, { 601, 0, "resolved" } } },
  { "what is not known is no break", 20, 5, 10,
    { { 0, 20, "" }, { 3, UNKNOWN, "" }, { 5, 20, "opened!" } } },
  { "what is gone ends", 20, 0, 10, { { 0, 20, "opened!" }, { 1, ABSENT, "resolved" } } },
  { "what is gone was never there", 20, 5, 10, { { 0, 20, "" }, { 1, ABSENT, "" } } },
  { "what comes back soon is the same", 20, 0, 10,
    { { 0, 20, "opened!" }, { 1, 0, "resolved" }, { 5, 20, "reopened" }, { 6, 0, "resolved" },
      { 15, 0, "" }, { 16, 0, "history" } } },
  { "what comes back and stays is told again, once", 20, 0, 10,
    { { 0, 20, "opened!" }, { 5, 0, "resolved" }, { 6, 20, "reopened" }, { 15, 20, "" },
      { 16, 20, "still!" }, { 17, 20, "" }, { 900, 20, "" }, { 901, 0, "resolved" },
      { 902, 20, "reopened" }, { 912, 20, "still!" } } },
  { "what comes and goes is not", 20, 0, 10,
    { { 0, 20, "opened!" }, { 5, 0, "resolved" }, { 6, 20, "reopened" }, { 12, 0, "resolved" },
      { 13, 20, "reopened" }, { 22, 20, "" }, { 23, 20, "still!" } } },
  { "what comes back late is another", 20, 0, 10,
    { { 0, 20, "opened!" }, { 1, 0, "resolved" }, { 11, 0, "history" }, { 12, 20, "opened!" } } },
  { "what comes back must hold again", 20, 5, 30,
    { { 0, 20, "" }, { 5, 20, "opened!" }, { 6, 0, "resolved" }, { 10, 20, "" }, { 12, 0, "" },
      { 13, 20, "" }, { 18, 20, "reopened" } } },
  { "what holds again when the old one is history is another", 20, 5, 10,
    { { 0, 20, "" }, { 5, 20, "opened!" }, { 6, 0, "resolved" }, { 14, 20, "" },
      { 16, 20, "history" }, { 19, 20, "opened!" } } },
  { "without a cooldown it is history at once", 20, 0, 0,
    { { 0, 20, "opened!" }, { 1, 0, "resolved history" }, { 2, 20, "opened!" } } },
  { "a rule that is switched off ends what it opened", 20, 0, 10,
    { { 0, 20, "opened!" }, { 1, OFF, "resolved" }, { 2, OFF, "" } } },
};

static void
test_story (gconstpointer data)
{
  const Story *story = data;
  g_autoptr (WdAlertRules) rules = make_rules (story);
  g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);

  wd_alert_engine_set_rules (engine, rules);
  for (guint i = 0; i < MAX_STEPS && story->steps[i].expected != NULL; i++)
    {
      const Step *step = &story->steps[i];
      g_autofree char *words = NULL;

      if (step->value == OFF)
        {
          g_autoptr (WdAlertRules) off = wd_alert_rules_copy (rules);

          off->rules[WD_ALERT_QUEUE_DEPTH].enabled = FALSE;
          wd_alert_engine_set_rules (engine, off);
        }
      words = feed (engine, WD_ALERT_QUEUE_DEPTH, "sync", step->value, at (step->minute));
      g_test_message ("minute %d", step->minute);
      g_assert_cmpstr (words, ==, step->expected);
    }
}

/* Each type has its threshold, and an incident of its own. */
static void
test_types (void)
{
  static const struct {
    const char *subject;
    gint64 value;
    gboolean opens;
  } cases[] = {
    { "sync", 49, FALSE }, { "sync", 50, TRUE }, { "gas-topup", 4, FALSE },
    { "gas-topup", 5, TRUE }, { "consolidation", 1000000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
      g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);
      WdAlertRule *rule = &rules->rules[WD_ALERT_FAILED_JOBS];
      g_autofree char *words = NULL;

      rule->threshold = 50;
      wd_alert_rule_set_threshold (rule, "gas-topup", 5);
      wd_alert_rule_set_threshold (rule, "consolidation", 0);
      wd_alert_engine_set_rules (engine, rules);
      words = feed (engine, WD_ALERT_FAILED_JOBS, cases[i].subject, cases[i].value, noon);
      g_assert_cmpstr (words, ==, cases[i].opens ? "opened!" : "");
    }
}

static void
test_subjects_apart (void)
{
  g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);
  g_autoptr (WdReading) both = wd_reading_new ();
  g_autoptr (WdReading) one = wd_reading_new ();
  g_autoptr (GPtrArray) opened = NULL;
  g_autoptr (GPtrArray) ended = NULL;
  const WdIncident *first, *second, *gone;

  wd_reading_set (both, WD_ALERT_FAILED_JOBS, "sync", 30);
  wd_reading_set (both, WD_ALERT_FAILED_JOBS, "gas-topup", 40);
  wd_reading_set (one, WD_ALERT_FAILED_JOBS, "sync", 0);
  wd_reading_set_unknown (one, WD_ALERT_FAILED_JOBS, "gas-topup");
  opened = wd_alert_engine_feed (engine, both, noon);
  g_assert_cmpuint (opened->len, ==, 2);
  first = ((WdAlertChange *) opened->pdata[0])->incident;
  second = ((WdAlertChange *) opened->pdata[1])->incident;
  g_assert_cmpstr (first->subject, ==, "gas-topup");
  g_assert_cmpstr (first->id, !=, second->id);
  g_assert_cmpint (first->value, ==, 40);
  ended = wd_alert_engine_feed (engine, one, at (1));
  g_assert_cmpuint (ended->len, ==, 1);
  gone = ((WdAlertChange *) ended->pdata[0])->incident;
  g_assert_cmpstr (gone->subject, ==, "sync");
  g_assert_cmpint (gone->peak, ==, 30);
  g_assert_cmpint (gone->resolved, ==, at (1));
}

static const char *
get_id (WdAlertEngine *engine)
{
  return ((WdIncident *) wd_alert_engine_get_incidents (engine)->pdata[0])->id;
}

static void
assert_feed (WdAlertEngine *engine, int minute, gint64 value, const char *expected)
{
  g_autofree char *words = feed (engine, WD_ALERT_FAILED_JOBS, "sync", value, at (minute));

  g_test_message ("minute %d", minute);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_snooze (void)
{
  g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);

  assert_feed (engine, 0, 20, "opened!");
  g_assert_true (wd_alert_engine_snooze (engine, get_id (engine), at (60)));
  assert_feed (engine, 1, 20, "snoozed");
  assert_feed (engine, 59, 20, "");
  assert_feed (engine, 60, 20, "still!");
  assert_feed (engine, 61, 20, "");
  g_assert_true (wd_alert_engine_snooze (engine, get_id (engine), at (200)));
  assert_feed (engine, 62, 0, "resolved");
  /* Longer than the cooldown of a quarter of an hour. */
  assert_feed (engine, 150, 0, "");
  assert_feed (engine, 151, 20, "reopened");
  assert_feed (engine, 152, 0, "resolved");
  assert_feed (engine, 200, 0, "history");
  assert_feed (engine, 201, 20, "opened!");
}

static void
test_acknowledge (void)
{
  g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);
  g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_false (wd_alert_engine_acknowledge (engine, "none", at (0)));
  g_assert_false (wd_alert_engine_snooze (engine, "none", at (0)));
  rules->quiet = (WdQuietHours) { TRUE, 11 * 60, 13 * 60, FALSE };
  wd_alert_engine_set_rules (engine, rules);
  wd_alert_engine_set_zone (engine, utc);
  assert_feed (engine, 0, 20, "opened");
  g_assert_true (wd_incident_needs_attention (wd_alert_engine_get_incidents (engine)->pdata[0],
                                              at (1)));
  g_assert_true (wd_alert_engine_acknowledge (engine, get_id (engine), at (1)));
  assert_feed (engine, 1, 20, "acknowledged");
  g_assert_false (wd_incident_needs_attention (wd_alert_engine_get_incidents (engine)->pdata[0],
                                               at (1)));
  /* Whoever knows is not told when the quiet hours end, nor when it comes back at once. */
  assert_feed (engine, 61, 20, "");
  assert_feed (engine, 62, 0, "resolved");
  g_assert_false (wd_alert_engine_acknowledge (engine, get_id (engine), at (62)));
  assert_feed (engine, 63, 20, "reopened");
  /* But when it stays, and then no more once he has said that he knows that, too. */
  assert_feed (engine, 77, 20, "");
  assert_feed (engine, 78, 20, "still!");
  g_assert_true (wd_incident_needs_attention (wd_alert_engine_get_incidents (engine)->pdata[0],
                                              at (78)));
  g_assert_true (wd_alert_engine_acknowledge (engine, get_id (engine), at (79)));
  assert_feed (engine, 79, 20, "acknowledged");
  assert_feed (engine, 300, 20, "");
}

/* What was told and comes back is there again, unless it is night, or somebody knows. */
static void
test_shown_again (void)
{
  static const struct {
    gboolean quiet, knows, shown;
  } cases[] = { { FALSE, FALSE, TRUE }, { TRUE, FALSE, FALSE }, { FALSE, TRUE, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);
      g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
      g_autoptr (WdReading) reading = read_value (WD_ALERT_FAILED_JOBS, "sync", 20);
      g_autoptr (GPtrArray) changes = NULL;
      const WdAlertChange *change;

      assert_feed (engine, 0, 20, "opened!");
      if (cases[i].knows)
        wd_alert_engine_acknowledge (engine, get_id (engine), at (0));
      assert_feed (engine, 1, 0, "resolved");
      rules->quiet = (WdQuietHours) { cases[i].quiet, 11 * 60, 13 * 60, FALSE };
      wd_alert_engine_set_rules (engine, rules);
      wd_alert_engine_set_zone (engine, utc);
      changes = wd_alert_engine_feed (engine, reading, at (2));
      g_assert_cmpuint (changes->len, ==, 1);
      change = changes->pdata[0];
      g_assert_cmpint (change->event, ==, WD_ALERT_REOPENED);
      g_assert_false (change->notify);
      g_assert_cmpint (change->show, ==, cases[i].shown);
    }
}

/* Two programs, or one that was started again, work on the same incidents. */
static void
test_others (void)
{
  g_autoptr (WdAlertEngine) one = wd_alert_engine_new (TRUE);
  g_autoptr (WdAlertEngine) other = wd_alert_engine_new (FALSE);
  g_autoptr (WdAlertEngine) late = wd_alert_engine_new (TRUE);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  assert_feed (other, 0, 20, "opened");
  wd_alert_engine_set_incidents (one, wd_alert_engine_get_incidents (other));
  assert_feed (one, 1, 20, "still!");
  wd_alert_engine_set_incidents (late, wd_alert_engine_get_incidents (one));
  assert_feed (late, 2, 20, "still");
  wd_alert_engine_acknowledge (one, get_id (one), at (3));
  wd_alert_engine_set_incidents (other, wd_alert_engine_get_incidents (one));
  assert_feed (other, 3, 20, "acknowledged");
  wd_alert_engine_set_incidents (late, none);
  assert_feed (late, 4, UNKNOWN, "resolved");
  wd_alert_engine_set_incidents (late, wd_alert_engine_get_incidents (other));
  assert_feed (late, 5, UNKNOWN, "opened");
}

/* Of what nobody could be told people are told once somebody can. */
static void
test_late (void)
{
  g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (FALSE);

  assert_feed (engine, 0, 20, "opened");
  assert_feed (engine, 1, 20, "");
  wd_alert_engine_set_notifies (engine, TRUE);
  assert_feed (engine, 1, UNKNOWN, "still!");
  assert_feed (engine, 2, 20, "");
}

static void
test_rules_change (void)
{
  g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);
  g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
  const WdIncident *incident;

  assert_feed (engine, 0, 30, "opened!");
  rules->rules[WD_ALERT_FAILED_JOBS].threshold = 25;
  rules->rules[WD_ALERT_FAILED_JOBS].severity = WD_SEVERITY_CRITICAL;
  wd_alert_engine_set_rules (engine, rules);
  assert_feed (engine, 1, 30, "");
  incident = wd_alert_engine_get_incidents (engine)->pdata[0];
  g_assert_cmpint (incident->threshold, ==, 25);
  g_assert_cmpint (incident->severity, ==, WD_SEVERITY_CRITICAL);
  rules->rules[WD_ALERT_FAILED_JOBS].threshold = 100;
  assert_feed (engine, 2, 30, "resolved");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *path = g_strdup_printf ("/alerts/story/%s", stories[i].name);

      g_test_add_data_func (path, &stories[i], test_story);
    }
  g_test_add_func ("/alerts/types", test_types);
  g_test_add_func ("/alerts/subjects-apart", test_subjects_apart);
  g_test_add_func ("/alerts/snooze", test_snooze);
  g_test_add_func ("/alerts/acknowledge", test_acknowledge);
  g_test_add_func ("/alerts/shown-again", test_shown_again);
  g_test_add_func ("/alerts/others", test_others);
  g_test_add_func ("/alerts/late", test_late);
  g_test_add_func ("/alerts/rules-change", test_rules_change);
  return g_test_run ();
}
