/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-result.h"

#include "wire/wd-wire-error.h"
#include "wire/wd-wire-job.h"

/**
 * wd_wire_refusals_member:
 * @writer: a writer inside an object
 * @name: of the array
 * @subject: what the subject is called in its elements
 * @refusals: (element-type WdRefusal): what was not done, and why
 */
void
wd_wire_refusals_member (WdJsonWriter *writer, const char *name, const char *subject,
                         const GPtrArray *refusals)
{
  wd_json_writer_name (writer, name);
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < refusals->len; i++)
    {
      const WdRefusal *refusal = refusals->pdata[i];

      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, subject, refusal->subject);
      wd_wire_error_members (writer, refusal->error);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

static void
write_outcome (WdJsonWriter *writer, const WdJobOutcome *outcome)
{
  wd_json_writer_begin_object (writer);
  wd_wire_job_members (writer, outcome->job);
  wd_json_writer_boolean_member (writer, "delivered", outcome->delivered);
  wd_json_writer_string_member (writer, "note", outcome->note);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_action_members:
 * @writer: a writer inside an object
 * @subject: what a refused subject is called: `wallet_address` or `id`
 * @result: what a dispatch or a retry did
 *
 * `success` is true when every subject was done, its queue included.
 */
void
wd_wire_action_members (WdJsonWriter *writer, const char *subject, const WdActionResult *result)
{
  gboolean success = result->refused->len == 0;

  for (guint i = 0; i < result->done->len; i++)
    success = success && ((const WdJobOutcome *) result->done->pdata[i])->delivered;

  wd_json_writer_boolean_member (writer, "success", success);
  wd_json_writer_name (writer, "jobs");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < result->done->len; i++)
    write_outcome (writer, result->done->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_wire_refusals_member (writer, "refused", subject, result->refused);
  wd_json_writer_string_member (writer, "message", result->message);
}
