/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-history.h"

#include "wire/wd-wire-value.h"

/* Negative is unknown. */
static void
write_number (WdJsonWriter *writer, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  wd_wire_raw_member (writer, name,
                      value >= 0 ? g_ascii_formatd (text, sizeof text, "%.6f", value) : NULL);
}

static void
write_milliseconds (WdJsonWriter *writer, const char *name, gint64 microseconds)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%03d", microseconds / 1000,
                                           (int) (microseconds % 1000));

  wd_wire_raw_member (writer, name, microseconds >= 0 ? text : NULL);
}

static void
write_percentiles (WdJsonWriter *writer, const char *name, const WdPercentiles *percentiles)
{
  wd_json_writer_name (writer, name);
  wd_json_writer_begin_object (writer);
  wd_json_writer_int_member (writer, "jobs", percentiles->n);
  write_milliseconds (writer, "p50_ms", percentiles->p50);
  write_milliseconds (writer, "p95_ms", percentiles->p95);
  write_milliseconds (writer, "p99_ms", percentiles->p99);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_history_point_members:
 * @writer: a writer inside an object
 * @point: what jobs did in a bar
 *
 * What too few jobs say is null.
 */
void
wd_wire_history_point_members (WdJsonWriter *writer, const WdHistoryPoint *point)
{
  wd_wire_time_member (writer, "from", point->from);
  wd_wire_time_member (writer, "to", point->to);
  wd_json_writer_int_member (writer, "created", point->created);
  wd_json_writer_int_member (writer, "completed", point->completed);
  wd_json_writer_int_member (writer, "failed", point->failed);
  wd_json_writer_int_member (writer, "cancelled", point->cancelled);
  write_number (writer, "success_rate", wd_history_point_get_success (point));
  wd_wire_count_member (writer, "unfinished", point->unfinished);
  write_percentiles (writer, "run", &point->run);
  write_percentiles (writer, "wait", &point->wait);
  write_number (writer, "retries_per_job", point->retries);
  wd_json_writer_int_member (writer, "retries_known_of", point->n_retries);
}

static void
write_point (WdJsonWriter *writer, const WdHistoryPoint *point)
{
  wd_json_writer_begin_object (writer);
  wd_wire_history_point_members (writer, point);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_history_members:
 * @writer: a writer inside an object
 * @history: what jobs did over some time
 *
 * What too few jobs say is null.
 */
void
wd_wire_history_members (WdJsonWriter *writer, const WdHistory *history)
{
  wd_json_writer_string_member (writer, "job_type", history->job_type);
  wd_json_writer_int_member (writer, "step_minutes", history->step);
  wd_json_writer_name (writer, "points");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < wd_history_get_length (history); i++)
    write_point (writer, wd_history_get_point (history, i));
  wd_json_writer_end_array (writer);
  wd_json_writer_name (writer, "total");
  write_point (writer, &history->total);
  wd_json_writer_boolean_member (writer, "percentiles_are_exact", history->exact);
  wd_wire_time_member (writer, "percentiles_since", history->durations_since);
  wd_wire_time_member (writer, "percentiles_of_utc_days_until", history->days_until);
  wd_json_writer_boolean_member (writer, "is_coarse", history->coarse);
  wd_json_writer_boolean_member (writer, "retries_are_sampled", history->retries_sampled);
  wd_wire_time_member (writer, "read_at", history->read_at);
}
