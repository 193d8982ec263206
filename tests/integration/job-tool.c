/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What bullmq-tool says of one job. */

#include "job-tool.h"

static void
write_texts (WdJsonWriter *out, const char *name, char **texts)
{
  wd_json_writer_name (out, name);
  wd_json_writer_begin_array (out);
  for (gsize i = 0; texts[i] != NULL; i++)
    wd_json_writer_string (out, texts[i]);
  wd_json_writer_end_array (out);
}

void
job_tool_write (const WdQueueJob *job, WdJsonWriter *out)
{
  wd_json_writer_string_member (out, "state", job->state);
  wd_json_writer_string_member (out, "name", job->name);
  wd_json_writer_string_member (out, "data", job->data);
  wd_json_writer_int_member (out, "data_size", job->data_size);
  wd_json_writer_int_member (out, "attempts_made", job->attempts_made);
  wd_json_writer_int_member (out, "attempts_started", job->attempts_started);
  wd_json_writer_int_member (out, "attempts", job->attempts);
  wd_json_writer_int_member (out, "priority", job->priority);
  wd_json_writer_int_member (out, "delay", job->delay);
  wd_json_writer_int_member (out, "lock_ms", job->lock_ms);
  wd_json_writer_boolean_member (out, "has_due", job->due != WD_TIME_NONE);
  wd_json_writer_boolean_member (out, "finished", job->finished_on != WD_TIME_NONE);
  wd_json_writer_string_member (out, "progress", job->progress);
  wd_json_writer_string_member (out, "failed_reason", job->failed_reason);
  write_texts (out, "stacktrace", job->stacktrace);
  write_texts (out, "logs", job->logs);
}
