/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-scheduler.h"

#include "model/wd-job.h"
#include "wire/wd-wire-value.h"

/* What is not there is 0 in the model. */
static gint64
present (gint64 value)
{
  return value > 0 ? value : WD_INT_NONE;
}

/**
 * wd_wire_scheduler_members:
 * @writer: a writer inside an object
 * @scheduler: what makes jobs again and again
 */
void
wd_wire_scheduler_members (WdJsonWriter *writer, const WdScheduler *scheduler)
{
  wd_json_writer_string_member (writer, "key", scheduler->key);
  wd_json_writer_string_member (writer, "name", scheduler->name);
  wd_json_writer_string_member (writer, "pattern", scheduler->pattern);
  wd_wire_int_member (writer, "every", present (scheduler->every));
  wd_json_writer_string_member (writer, "tz", scheduler->tz);
  wd_wire_time_member (writer, "next", wd_scheduler_get_next (scheduler));
  wd_wire_time_member (writer, "last", scheduler->last);
  wd_wire_count_member (writer, "iterations", scheduler->iterations);
  wd_wire_int_member (writer, "limit", present (scheduler->limit));
  wd_wire_time_member (writer, "start", scheduler->start);
  wd_wire_time_member (writer, "end", scheduler->end);
  wd_json_writer_string_member (writer, "data", scheduler->data);
  wd_json_writer_int_member (writer, "data_size", scheduler->data_size);
  wd_json_writer_string_member (writer, "opts", scheduler->options);
  wd_json_writer_int_member (writer, "opts_size", scheduler->options_size);
  wd_json_writer_string_member (writer, "state", wd_scheduler_state_word (scheduler->state));
  wd_json_writer_string_member (writer, "job_id", scheduler->job_id);
  wd_json_writer_string_member (writer, "job_state", scheduler->job_state);
  wd_json_writer_boolean_member (writer, "legacy", scheduler->is_legacy);
}

/**
 * wd_wire_scheduler:
 * @writer: a writer where a value may stand
 * @queue: its queue
 * @scheduler: what makes jobs again and again
 * @message: (nullable): what is odd about it
 */
void
wd_wire_scheduler (WdJsonWriter *writer, const char *queue, const WdScheduler *scheduler,
                   const char *message)
{
  g_autofree char *word = wd_scheduler_get_word (scheduler);

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "queue", queue);
  wd_wire_scheduler_members (writer, scheduler);
  wd_json_writer_string_member (writer, "message", message);
  wd_json_writer_string_member (writer, "confirm", word);
  wd_json_writer_end_object (writer);
}
