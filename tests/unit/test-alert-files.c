/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules and incidents as people and programs find them in files. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "session/wd-alert-desk.h"
#include "session/wd-alert-rule-file.h"
#include "session/wd-incident-file.h"
#include "wire/wd-wire-alert.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

static WdAlertRules *
read_rules (const char *text, guint n_problems)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  WdAlertRules *rules;

  g_assert_true (g_key_file_load_from_data (file, text, strlen (text), 0, NULL));
  rules = wd_alert_rule_file_read (file, problems);
  g_assert_cmpuint (problems->len, ==, n_problems);
  return rules;
}

static void
test_empty (void)
{
  g_autoptr (WdAlertRules) rules = read_rules ("", 0);

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    {
      g_assert_true (rules->rules[i].enabled);
      g_assert_true (wd_alert_rule_check (&rules->rules[i], i, NULL));
    }
  g_assert_false (rules->quiet.enabled);
}

static void
test_bad_groups (void)
{
  static const struct {
    const char *text;
    guint n_problems;
  } cases[] = {
    { "[failed-jobs]\nthreshold=no", 1 },
    { "[failed-jobs]\nthreshold=0", 1 },
    { "[failed-jobs]\nthreshold=-3", 1 },
    { "[failed-jobs]\nwindow=0", 1 },
    { "[failed-jobs]\nhold=-1", 1 },
    { "[failed-jobs]\nseverity=dire", 1 },
    { "[failed-jobs]\nenabled=maybe", 1 },
    { "[failed-jobs]\nthreshold.sync=x", 1 },
    { "[failure-rate]\nthreshold=101", 1 },
    { "[failure-rate]\nthreshold.sync=200", 1 },
    { "[queue-depth]\nwindow=60", 1 },
    { "[quiet-hours]\nfrom=25:00", 1 },
    { "[of-a-later-version]\nthreshold=no", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i].text, "\n[undelivered]\nthreshold=7\n", NULL);
      g_autoptr (WdAlertRules) rules = NULL;

      g_test_message ("%s", cases[i].text);
      rules = read_rules (text, cases[i].n_problems);
      g_assert_cmpint (rules->rules[WD_ALERT_UNDELIVERED].threshold, ==, 7);
      g_assert_cmpint (rules->rules[WD_ALERT_FAILED_JOBS].threshold, ==, 20);
      g_assert_cmpint (rules->rules[WD_ALERT_FAILURE_RATE].threshold, ==, 25);
    }
}

static void
test_rules_again (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
  g_autoptr (WdAlertRules) again = NULL;
  WdAlertRule *rule = &rules->rules[WD_ALERT_FAILED_JOBS];
  const WdAlertRule *read;
  g_autofree char *comment = NULL;

  g_key_file_set_string (file, "failed-jobs", "of-a-later-version", "kept");
  g_key_file_set_comment (file, "failed-jobs", NULL, " mine", NULL);
  rule->enabled = FALSE;
  rule->severity = WD_SEVERITY_CRITICAL;
  rule->threshold = 3;
  rule->window = 86400;
  rule->hold = 60;
  rule->cooldown = 0;
  wd_alert_rule_set_threshold (rule, "sync", 0);
  wd_alert_rule_set_threshold (rule, "gas-topup", 9);
  rules->quiet = (WdQuietHours) { TRUE, 23 * 60 + 5, 6 * 60, FALSE };
  wd_alert_rule_file_write (file, rules);
  again = wd_alert_rule_file_read (file, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  read = &again->rules[WD_ALERT_FAILED_JOBS];
  g_assert_false (read->enabled);
  g_assert_cmpint (read->severity, ==, WD_SEVERITY_CRITICAL);
  g_assert_cmpint (read->threshold, ==, 3);
  g_assert_cmpint (read->window, ==, 86400);
  g_assert_cmpint (read->hold, ==, 60);
  g_assert_cmpint (read->cooldown, ==, 0);
  g_assert_cmpuint (g_hash_table_size (read->thresholds), ==, 2);
  g_assert_cmpmem (&again->quiet, sizeof again->quiet, &rules->quiet, sizeof rules->quiet);
  g_assert_true (g_key_file_has_key (file, "failed-jobs", "of-a-later-version", NULL));
  comment = g_key_file_get_comment (file, "failed-jobs", NULL, NULL);
  g_assert_nonnull (strstr (comment, "mine"));
}

static WdIncident *
make_incident (const char *subject, WdTime resolved)
{
  WdIncident *incident = wd_incident_create (WD_ALERT_FAILED_JOBS, subject, 1000);

  incident->state = resolved == WD_TIME_NONE ? WD_INCIDENT_OPEN : WD_INCIDENT_RESOLVED;
  incident->severity = WD_SEVERITY_CRITICAL;
  incident->opened = 2000;
  incident->resolved = resolved;
  incident->snoozed_until = 5 * DAY;
  incident->peak = 7;
  incident->threshold = 5;
  incident->window = 3600;
  return incident;
}

static void
test_lines (void)
{
  static const char *const bad[] = {
    "", "{", "[]", "3", "{}", "{\"id\":\"x\"}",
    "{\"id\":\"x\",\"rule\":\"of-a-later-version\",\"subject\":\"\",\"severity\":\"warning\","
    "\"state\":\"open\",\"value\":1,\"peak\":1,\"threshold\":1,\"window\":0}",
    "{\"id\":\"x\",\"rule\":\"drift\",\"subject\":\"\",\"severity\":\"warning\","
    "\"state\":\"open\",\"value\":\"1\",\"peak\":1,\"threshold\":1,\"window\":0}",
    "{\"id\":\"x\",\"rule\":\"drift\",\"subject\":\"\",\"severity\":\"warning\",\"since\":\"once\","
    "\"state\":\"open\",\"value\":1,\"peak\":1,\"threshold\":1,\"window\":0}",
  };
  g_autoptr (WdIncident) incident = make_incident ("a \"queue\"\n", WD_TIME_NONE);
  g_autofree char *line = wd_wire_incident_line (incident);
  g_autoptr (WdIncident) again = wd_wire_incident_parse (line);

  g_assert_null (strchr (line, '\n'));
  g_assert_nonnull (again);
  g_assert_true (wd_incident_is_same (incident, again));
  g_assert_cmpstr (again->subject, ==, incident->subject);
  g_assert_cmpint (again->value, ==, incident->value);
  g_assert_cmpint (again->seen, ==, incident->seen);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_null (wd_wire_incident_parse (bad[i]));
    }
}

static void
test_history (void)
{
  g_autofree char *folder = g_dir_make_tmp ("wd-alerts-XXXXXX", NULL);
  g_autoptr (WdIncidentFile) file = wd_incident_file_new (folder, "it");
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  int lock = wd_incident_file_lock (file, NULL, &error);

  g_assert_no_error (error);
  none = wd_incident_file_read_history (file, DAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < 5100; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%u", i);

      g_ptr_array_add (old, make_incident (subject, i < 50 ? DAY : 100 * DAY + i));
    }
  g_assert_true (wd_incident_file_append (file, old, 101 * DAY, &error));
  g_assert_no_error (error);
  /* Somebody's editor, and the same again after a crash. */
  {
    g_autofree char *text = NULL;
    g_autofree char *with = NULL;

    g_assert_true (g_file_get_contents (file->history, &text, NULL, NULL));
    with = g_strconcat ("no line of ours\n", text, NULL);
    g_assert_true (g_file_set_contents (file->history, with, -1, NULL));
  }
  g_ptr_array_set_size (old, 60);
  g_ptr_array_remove_range (old, 0, 50);
  g_assert_true (wd_incident_file_append (file, old, 101 * DAY, &error));
  read = wd_incident_file_read_history (file, 101 * DAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 5000);
  g_assert_cmpstr (((WdIncident *) read->pdata[10])->subject, ==, "5099");
  close (lock);
  g_unlink (file->history);
  g_unlink (file->lock);
  g_rmdir (folder);
}

static void
test_keys (void)
{
  static const struct {
    const char *url;
    gboolean same;
  } cases[] = {
    { "postgresql://me:secret@db.example/platform", TRUE },
    { "postgresql://me:other@db.example/platform", TRUE },
    { "postgresql://me:secret@db.example/other", FALSE },
    { "postgresql://me:secret@elsewhere.example/platform", FALSE },
  };
  g_autoptr (WdProfile) saved = wd_profile_create ("../a/b c");
  g_autofree char *name = wd_alert_desk_make_key (saved);
  g_autofree char *first = NULL;

  g_assert_null (strchr (name, '/'));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdProfile) profile = wd_profile_create ("Environment");
      g_autofree char *key = NULL;

      profile->passing = TRUE;
      profile->database_url = g_strdup (cases[i].url);
      key = wd_alert_desk_make_key (profile);
      if (first == NULL)
        first = g_strdup (key);
      g_test_message ("%s", cases[i].url);
      g_assert_cmpint (g_strcmp0 (key, first) == 0, ==, cases[i].same);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-files/empty", test_empty);
  g_test_add_func ("/alert-files/bad-groups", test_bad_groups);
  g_test_add_func ("/alert-files/rules-again", test_rules_again);
  g_test_add_func ("/alert-files/lines", test_lines);
  g_test_add_func ("/alert-files/history", test_history);
  g_test_add_func ("/alert-files/keys", test_keys);
  return g_test_run ();
}
