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

static gboolean
is_success (const WdActionResult *result)
{
  for (guint i = 0; i < result->done->len; i++)
    if (!((const WdJobOutcome *) result->done->pdata[i])->delivered)
      return FALSE;
  return result->refused->len == 0;
}

/**
 * wd_wire_action_members:
 * @writer: a writer inside an object
 * @subject: what a refused subject is called: `wallet_address` or `id`
 * @result: (nullable): what a dispatch or a retry did; %NULL where it failed as a whole
 * @message: (nullable): one sentence about the whole
 *
 * `success` is true when every subject was done, its queue included.
 */
void
wd_wire_action_members (WdJsonWriter *writer, const char *subject, const WdActionResult *result,
                        const char *message)
{
  g_autoptr (WdActionResult) nothing = wd_action_result_create ();
  const WdActionResult *known = result != NULL ? result : nothing;

  wd_json_writer_boolean_member (writer, "success", result != NULL && is_success (result));
  wd_json_writer_name (writer, "jobs");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < known->done->len; i++)
    write_outcome (writer, known->done->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_wire_refusals_member (writer, "refused", subject, known->refused);
  wd_json_writer_string_member (writer, "message", message);
}
