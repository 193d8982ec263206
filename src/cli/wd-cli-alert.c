/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands about alerts share. */

#include "cli/wd-cli-alert.h"

#include <glib/gi18n-lib.h>

#include "session/wd-alert-text.h"
#include "wire/wd-wire-alert.h"

/**
 * wd_cli_alert_members:
 * @writer: a writer inside an object
 * @incident: an incident
 *
 * Writes it with what it says to people.
 */
void
wd_cli_alert_members (WdJsonWriter *writer, const WdIncident *incident)
{
  g_autofree char *title = wd_alert_text_title (incident);
  g_autofree char *measured = wd_alert_text_measured (incident, NULL);

  wd_wire_incident_members (writer, incident);
  wd_json_writer_string_member (writer, "title", title);
  wd_json_writer_string_member (writer, "measured", measured);
  wd_json_writer_string_member (writer, "advice", wd_alert_text_advice (incident->metric));
}

static char *
make_document (const WdAlertChange *change, WdTime now)
{
  WdJsonWriter *writer = wd_json_writer_new ();
  char at[WD_TIME_RFC3339_SIZE];

  wd_time_write_rfc3339 (now, at);
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "event", wd_alert_event_word (change->event));
  wd_json_writer_string_member (writer, "at", at);
  wd_cli_alert_members (writer, change->incident);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (writer);
}

/**
 * wd_cli_alert_line:
 * @context: the context
 * @change: what became of an incident
 * @now: when
 * @json: as a document
 *
 * Returns: (transfer full): a line, without its end
 */
char *
wd_cli_alert_line (WdCliContext *context, const WdAlertChange *change, WdTime now, gboolean json)
{
  const WdIncident *incident = change->incident;
  g_autofree char *title = NULL;
  g_autofree char *measured = NULL;
  g_autofree char *at = NULL;

  if (json)
    return make_document (change, now);
  title = wd_alert_text_title (incident);
  measured = wd_alert_text_measured (incident, NULL);
  at = wd_time_to_rfc3339 (now);
  return g_strdup_printf ("%s %s %s %s %s (%s)", at, incident->id,
                          wd_alert_event_word (change->event),
                          wd_severity_word (incident->severity), title, measured);
}

static void
looked_cb (WdWatch *watch, gpointer data)
{
  if (wd_watch_get_looked_at (watch) != WD_TIME_NONE)
    *(gboolean *) data = TRUE;
}

/**
 * wd_cli_alert_look:
 * @context: an open context
 * @watch: a watch at rest
 *
 * Turns the main loop until it has looked once, or somebody interrupts.
 */
void
wd_cli_alert_look (WdCliContext *context, WdWatch *watch)
{
  gboolean looked = FALSE;
  gulong handler = g_signal_connect (watch, "looked", G_CALLBACK (looked_cb), &looked);

  wd_watch_look (watch);
  while (!looked && !g_cancellable_is_cancelled (context->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (watch, handler);
}
