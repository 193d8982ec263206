/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-queue-limits.h"

#include "model/wd-job.h"
#include "wire/wd-wire-value.h"

/* No limit, and one that makes no sense, are null. */
static void
write_limit (WdJsonWriter *writer, const char *name, gint64 limit)
{
  wd_wire_int_member (writer, name, limit > 0 ? limit : WD_INT_NONE);
}

/**
 * wd_wire_queue_limits_members:
 * @writer: a writer inside an object
 * @limits: what the queue lets its workers do together
 */
void
wd_wire_queue_limits_members (WdJsonWriter *writer, const WdQueueLimits *limits)
{
  write_limit (writer, "concurrency", limits->concurrency);
  write_limit (writer, "rate_max", limits->rate_max);
  write_limit (writer, "rate_ms", limits->rate_ms);
}

/**
 * wd_wire_queue_limits:
 * @writer: a writer where a value may stand
 * @counts: a queue
 */
void
wd_wire_queue_limits (WdJsonWriter *writer, const WdQueueCounts *counts)
{
  g_autofree char *message = wd_queue_limits_describe_oddity (&counts->limits);

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "queue", counts->queue);
  wd_wire_queue_limits_members (writer, &counts->limits);
  wd_wire_time_member (writer, "limited_until", counts->limited_until);
  wd_json_writer_boolean_member (writer, "ignores_rate", counts->ignores_rate);
  wd_json_writer_string_member (writer, "message", message);
  wd_json_writer_end_object (writer);
}
