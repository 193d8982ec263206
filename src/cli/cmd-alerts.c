/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Alerts as they are now, as they were, and by which rules. Looking is measuring: a list is right
 * whether a window watches or not. */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-alert.h"
#include "model/wd-filter-time.h"
#include "session/wd-alert-text.h"
#include "wire/wd-wire-alert.h"

#define SNOOZE_US (G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC)

static void
add_row (WdCliContext *context, WdCliTable *table, const WdIncident *incident, gboolean history)
{
  g_autofree char *title = wd_alert_text_title (incident);
  gboolean is_critical = incident->severity == WD_SEVERITY_CRITICAL;

  wd_cli_table_add (table, incident->id);
  wd_cli_table_add_colored (table, wd_severity_word (incident->severity),
                            is_critical ? WD_CLI_RED : WD_CLI_YELLOW);
  wd_cli_table_add (table, title);
  wd_cli_table_take (table, wd_alert_text_measured (incident, NULL));
  wd_cli_table_take (table, wd_cli_format_when (context, incident->opened));
  if (history)
    wd_cli_table_take (table, wd_cli_format_when (context, incident->resolved));
  else
    wd_cli_table_add (table, incident->snoozed_until > context->now ? C_("alert", "snoozed")
                             : incident->acknowledged != WD_TIME_NONE ? C_("alert", "acknowledged")
                                                                      : C_("alert", "new"));
}

static void
print_alerts (WdCliContext *context, GPtrArray *incidents, gboolean history)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("ID"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("SEVERITY"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WHAT"), WD_CLI_CUT);
  wd_cli_table_add_column (table, _("MEASURED"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("SINCE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, history ? _("UNTIL") : _("STATE"), WD_CLI_LEFT);
  for (guint i = 0; i < incidents->len; i++)
    add_row (context, table, incidents->pdata[i], history);
  wd_cli_print_table (context, table);
}

static void
write_alerts (WdCliContext *context, GPtrArray *incidents)
{
  wd_json_writer_name (context->json, "alerts");
  wd_json_writer_begin_array (context->json);
  for (guint i = 0; i < incidents->len; i++)
    {
      wd_json_writer_begin_object (context->json);
      wd_cli_alert_members (context->json, incidents->pdata[i]);
      wd_json_writer_end_object (context->json);
    }
  wd_json_writer_end_array (context->json);
}

/* Returns: (transfer full) (nullable): those that are open, after a look */
static GPtrArray *
find_open (WdCliContext *context, WdWatch *watch, GError **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
  GPtrArray *incidents;

  wd_cli_alert_look (context, watch);
  if (g_cancellable_set_error_if_cancelled (context->cancellable, error))
    return NULL;
  incidents = wd_watch_get_incidents (watch);
  for (guint i = 0; i < incidents->len; i++)
    if (((WdIncident *) incidents->pdata[i])->state == WD_INCIDENT_OPEN)
      g_ptr_array_add (open, wd_incident_ref (incidents->pdata[i]));
  return g_steal_pointer (&open);
}

static GPtrArray *
load_history (WdCliContext *context, WdWatch *watch, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_watch_load_history_async (watch, context->cancellable, wd_answer_cb, &result);
  return wd_watch_load_history_finish (watch, wd_answer_wait (&result), error);
}

static void
tell_problem (WdWatch *watch)
{
  if (wd_watch_get_problem (watch) != NULL)
    wd_cli_message ("%s", wd_watch_get_problem (watch));
}

/**
 * wd_cmd_alerts_list:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; that a server does not answer is an alert
 */
gboolean
wd_cmd_alerts_list (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  gboolean history = wd_cli_arguments_has (arguments, "history");
  g_autoptr (WdWatch) watch = wd_watch_new (context->profile, context->backend);
  g_autoptr (GPtrArray) incidents = history ? load_history (context, watch, error)
                                            : find_open (context, watch, error);

  if (incidents == NULL)
    return FALSE;
  tell_problem (watch);
  if (context->json != NULL)
    write_alerts (context, incidents);
  else
    print_alerts (context, incidents, history);
  return TRUE;
}

static gboolean
answer_change (WdCliContext *context, WdWatch *watch, GAsyncResult *result, const char *id,
               GError **error)
{
  if (!wd_watch_change_finish (watch, result, error))
    return FALSE;
  tell_problem (watch);
  if (context->json != NULL)
    {
      wd_json_writer_boolean_member (context->json, "success", TRUE);
      wd_json_writer_name (context->json, "alert");
      wd_json_writer_begin_object (context->json);
      wd_cli_alert_members (context->json, wd_watch_find (watch, id));
      wd_json_writer_end_object (context->json);
    }
  return TRUE;
}

/**
 * wd_cmd_alerts_acknowledge:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_alerts_acknowledge (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *id = wd_cli_arguments_get_operands (arguments)[0];
  g_autoptr (WdWatch) watch = wd_watch_new (context->profile, context->backend);
  g_autoptr (GAsyncResult) result = NULL;

  wd_watch_acknowledge_async (watch, id, wd_answer_cb, &result);
  return answer_change (context, watch, wd_answer_wait (&result), id, error);
}

static gboolean
find_end (const WdCliContext *context, const WdCliArguments *arguments, WdTime *until,
          GError **error)
{
  const char *span = wd_cli_arguments_get (arguments, "for");
  g_autofree char *ago = g_strconcat ("-", span != NULL ? span : "", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  WdFilterTime time;

  *until = context->now + SNOOZE_US;
  if (wd_cli_arguments_has (arguments, "until"))
    *until = wd_cli_arguments_get_time (arguments, "until", FALSE);
  else if (span != NULL && wd_filter_time_read (ago, utc, context->now, &time) && time.ago > 0)
    *until = context->now + time.ago;
  else if (span != NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not how long: use 30m, 2h or 7d"), span);
      return FALSE;
    }
  if (*until > context->now)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("That time is past"));
  return FALSE;
}

/**
 * wd_cmd_alerts_snooze:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_alerts_snooze (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *id = wd_cli_arguments_get_operands (arguments)[0];
  g_autoptr (WdWatch) watch = wd_watch_new (context->profile, context->backend);
  g_autoptr (GAsyncResult) result = NULL;
  WdTime until;

  if (!find_end (context, arguments, &until, error))
    return FALSE;
  wd_watch_snooze_async (watch, id, until, wd_answer_cb, &result);
  return answer_change (context, watch, wd_answer_wait (&result), id, error);
}

static void
print_rules (WdCliContext *context, const WdAlertRules *rules)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("RULE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("STATE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("SEVERITY"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("THRESHOLD"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("WINDOW"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("HOLDS FOR"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("COOLDOWN"), WD_CLI_RIGHT);
  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    {
      const WdAlertRule *rule = &rules->rules[i];

      wd_cli_table_add (table, wd_alert_metric_info (i)->name);
      wd_cli_table_add (table, rule->enabled ? C_("alert rule", "on") : C_("alert rule", "off"));
      wd_cli_table_add (table, wd_severity_word (rule->severity));
      wd_cli_table_take (table, wd_alert_text_value (i, rule->threshold, NULL));
      wd_cli_table_take (table, rule->window > 0 ? wd_alert_text_span (rule->window)
                                                 : g_strdup ("—"));
      wd_cli_table_take (table, wd_alert_text_span (rule->hold));
      wd_cli_table_take (table, wd_alert_text_span (rule->cooldown));
    }
  wd_cli_print_table (context, table);
}

/**
 * wd_cmd_alerts_rules:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_alerts_rules (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdWatch) watch = wd_watch_new (context->profile, context->backend);
  g_autoptr (GPtrArray) history = load_history (context, watch, error);

  if (history == NULL)
    return FALSE;
  tell_problem (watch);
  if (context->json != NULL)
    wd_wire_alert_rules_members (context->json, wd_watch_get_rules (watch));
  else
    print_rules (context, wd_watch_get_rules (watch));
  return TRUE;
}
