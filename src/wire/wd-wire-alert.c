/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-alert.h"

#include <json-glib/json-glib.h>

#include "base/wd-json-text.h"
#include "model/wd-job-type.h"
#include "wire/wd-wire-field.h"
#include "wire/wd-wire-value.h"

static const char *const units[] = {
  [WD_ALERT_UNIT_COUNT] = "count",
  [WD_ALERT_UNIT_PERCENT] = "percent",
  [WD_ALERT_UNIT_SECONDS] = "seconds",
  [WD_ALERT_UNIT_STATE] = "state",
};

static const WdWireField fields[] = {
  { "since", WD_WIRE_TIME, G_STRUCT_OFFSET (WdIncident, since) },
  { "seen", WD_WIRE_TIME, G_STRUCT_OFFSET (WdIncident, seen) },
  { "opened", WD_WIRE_TIME, G_STRUCT_OFFSET (WdIncident, opened) },
  { "resolved", WD_WIRE_TIME, G_STRUCT_OFFSET (WdIncident, resolved) },
  { "acknowledged", WD_WIRE_TIME, G_STRUCT_OFFSET (WdIncident, acknowledged) },
  { "snoozed_until", WD_WIRE_TIME, G_STRUCT_OFFSET (WdIncident, snoozed_until) },
  { "notified", WD_WIRE_TIME, G_STRUCT_OFFSET (WdIncident, notified) },
  { "value", WD_WIRE_INT, G_STRUCT_OFFSET (WdIncident, value) },
  { "peak", WD_WIRE_INT, G_STRUCT_OFFSET (WdIncident, peak) },
  { "threshold", WD_WIRE_INT, G_STRUCT_OFFSET (WdIncident, threshold) },
  { "window", WD_WIRE_INT, G_STRUCT_OFFSET (WdIncident, window) },
  { NULL },
};

/**
 * wd_wire_incident_members:
 * @writer: a writer inside an object
 * @incident: an incident
 *
 * The subject is the empty text where it is about the whole platform.
 */
void
wd_wire_incident_members (WdJsonWriter *writer, const WdIncident *incident)
{
  const WdAlertMetricInfo *info = wd_alert_metric_info (incident->metric);

  wd_json_writer_string_member (writer, "id", incident->id);
  wd_json_writer_string_member (writer, "rule", info->name);
  wd_json_writer_string_member (writer, "subject", incident->subject);
  wd_json_writer_string_member (writer, "severity", wd_severity_word (incident->severity));
  wd_json_writer_string_member (writer, "state", wd_incident_state_word (incident->state));
  wd_json_writer_string_member (writer, "unit", units[info->unit]);
  wd_wire_fields_members (writer, fields, incident);
}

/**
 * wd_wire_incident_line:
 * @incident: an incident
 *
 * Returns: (transfer full): as a line of a file, which wd_wire_incident_parse() reads
 */
char *
wd_wire_incident_line (const WdIncident *incident)
{
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_wire_incident_members (writer, incident);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (writer);
}

/* Returns: (nullable): the text of that name */
static const char *
find_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static gboolean
read_field (JsonObject *object, const WdWireField *field, WdIncident *incident)
{
  gint64 *place = &G_STRUCT_MEMBER (gint64, incident, field->offset);
  JsonNode *node = json_object_get_member (object, field->name);
  const char *text = find_text (object, field->name);

  if (field->kind == WD_WIRE_TIME)
    {
      *place = WD_TIME_NONE;
      return text == NULL || wd_time_parse (text, FALSE, place, NULL);
    }
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *place = json_node_get_int (node);
  return TRUE;
}

static gboolean
read_incident (JsonObject *object, WdIncident *incident)
{
  incident->id = g_strdup (find_text (object, "id"));
  incident->subject = g_strdup (find_text (object, "subject"));
  if (incident->id == NULL || incident->subject == NULL
      || !wd_alert_metric_from_name (find_text (object, "rule"), &incident->metric)
      || !wd_severity_from_word (find_text (object, "severity"), &incident->severity)
      || !wd_incident_state_from_word (find_text (object, "state"), &incident->state))
    return FALSE;
  for (const WdWireField *field = fields; field->name != NULL; field++)
    if (!read_field (object, field, incident))
      return FALSE;
  return TRUE;
}

/**
 * wd_wire_incident_parse:
 * @line: of a file
 *
 * Returns: (transfer full) (nullable): the incident; %NULL when it is none that this version
 *   understands
 */
WdIncident *
wd_wire_incident_parse (const char *line)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (WdIncident) incident = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  root = wd_json_text_is_valid (line) ? json_from_string (line, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  incident = wd_incident_new ();
  return read_incident (json_node_get_object (root), incident) ? g_steal_pointer (&incident)
                                                               : NULL;
}

static void
write_rule (WdJsonWriter *writer, const WdAlertRule *rule, const WdAlertMetricInfo *info)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);
  gint64 own;

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "rule", info->name);
  wd_json_writer_boolean_member (writer, "enabled", rule->enabled);
  wd_json_writer_string_member (writer, "severity", wd_severity_word (rule->severity));
  wd_json_writer_int_member (writer, "threshold", rule->threshold);
  wd_json_writer_string_member (writer, "unit", units[info->unit]);
  wd_json_writer_int_member (writer, "window", rule->window);
  wd_json_writer_int_member (writer, "hold", rule->hold);
  wd_json_writer_int_member (writer, "cooldown", rule->cooldown);
  wd_json_writer_name (writer, "thresholds");
  wd_json_writer_begin_object (writer);
  for (gsize i = 0; i < n_types; i++)
    if (wd_alert_rule_find_own (rule, types[i].name, &own))
      wd_json_writer_int_member (writer, types[i].name, own);
  wd_json_writer_end_object (writer);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_alert_rules_members:
 * @writer: a writer inside an object
 * @rules: what is an incident; quiet hours that there are none of are null
 */
void
wd_wire_alert_rules_members (WdJsonWriter *writer, const WdAlertRules *rules)
{
  g_autofree char *from = wd_quiet_hours_format (rules->quiet.from);
  g_autofree char *to = wd_quiet_hours_format (rules->quiet.to);

  wd_json_writer_name (writer, "rules");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    write_rule (writer, &rules->rules[i], wd_alert_metric_info (i));
  wd_json_writer_end_array (writer);
  wd_json_writer_name (writer, "quiet_hours");
  if (!rules->quiet.enabled)
    {
      wd_json_writer_null (writer);
      return;
    }
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "from", from);
  wd_json_writer_string_member (writer, "to", to);
  wd_json_writer_boolean_member (writer, "critical", rules->quiet.critical);
  wd_json_writer_end_object (writer);
}
