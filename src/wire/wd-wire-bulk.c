/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-bulk.h"

#include "base/wd-error.h"
#include "wire/wd-wire-result.h"
#include "wire/wd-wire-value.h"

/**
 * wd_wire_bulk_fields:
 *
 * Returns: (transfer none): the fields of an item of a bulk run
 */
const WdWireField *
wd_wire_bulk_fields (void)
{
  static const WdWireField fields[] = {
    { "n", WD_WIRE_INT, G_STRUCT_OFFSET (WdBulkItem, n) },
    { "job_log_id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkItem, job_log_id) },
    { "wallet_address", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkItem, wallet_address) },
    { "network", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkItem, network) },
    { "job_type", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkItem, job_type) },
    { "status", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkItem, status) },
    { "retry_count", WD_WIRE_INT, G_STRUCT_OFFSET (WdBulkItem, retry_count) },
    { "result", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkItem, result) },
    { "reason", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkItem, reason) },
    { NULL },
  };

  return fields;
}

static void
write_counts (WdJsonWriter *writer, const GPtrArray *counts)
{
  wd_json_writer_name (writer, "counts");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < counts->len; i++)
    {
      const WdBulkCount *count = counts->pdata[i];

      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, "job_type", count->job_type);
      wd_json_writer_string_member (writer, "network", count->network);
      wd_json_writer_int_member (writer, "n", count->n);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

static void
write_forecast (WdJsonWriter *writer, const GPtrArray *forecast)
{
  wd_json_writer_name (writer, "forecast");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < forecast->len; i++)
    {
      const WdBulkForecast *one = forecast->pdata[i];

      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, "code", wd_error_code_name (one->code));
      wd_json_writer_string_member (writer, "reason", one->reason);
      wd_json_writer_int_member (writer, "n", one->n);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_bulk_dispatch_members:
 * @writer: a writer inside an object
 * @request: to dispatch
 *
 * What is dispatched to each wallet: the same when it is ordered and when it is told of.
 */
void
wd_wire_bulk_dispatch_members (WdJsonWriter *writer, const WdBulkRequest *request)
{
  wd_json_writer_string_member (writer, "job_type", request->job_type);
  wd_json_writer_string_member (writer, "user_id", request->user_id);
  wd_json_writer_int_member (writer, "priority", request->priority);
  wd_json_writer_boolean_member (writer, "force", request->force);
}

static void
write_request (WdJsonWriter *writer, const WdBulkRequest *request)
{
  wd_json_writer_string_member (writer, "operation", wd_bulk_operation_word (request->operation));
  switch (request->operation)
    {
    case WD_BULK_RETRY:
      wd_json_writer_boolean_member (writer, "reset", request->reset);
      wd_json_writer_boolean_member (writer, "force", request->force);
      break;
    case WD_BULK_DISPATCH:
      wd_wire_bulk_dispatch_members (writer, request);
      break;
    case WD_BULK_SET_FLAGS:
    default:
      wd_wire_tristate_member (writer, "needs_gas", request->needs_gas);
      wd_wire_tristate_member (writer, "needs_consolidation", request->needs_consolidation);
    }
}

/**
 * wd_wire_bulk_members:
 * @writer: a writer inside an object
 * @run: a bulk run
 */
void
wd_wire_bulk_members (WdJsonWriter *writer, const WdBulkRun *run)
{
  wd_json_writer_string_member (writer, "id", run->id);
  write_request (writer, run->request);
  wd_json_writer_string_member (writer, "state", wd_bulk_state_word (run->state));
  wd_json_writer_int_member (writer, "total", run->total);
  wd_json_writer_int_member (writer, "done", run->done);
  wd_json_writer_int_member (writer, "left", wd_bulk_run_count_left (run));
  wd_json_writer_int_member (writer, "refused_count", run->refused);
  wd_wire_time_member (writer, "created_at", run->created_at);
  wd_json_writer_string_member (writer, "created_by", run->created_by);
  wd_wire_time_member (writer, "started_at", run->started_at);
  wd_json_writer_int_member (writer, "settled_before", run->settled_before);
  wd_wire_time_member (writer, "heartbeat", run->heartbeat);
  wd_json_writer_boolean_member (writer, "is_running", run->is_running);
  wd_json_writer_boolean_member (writer, "can_take_over", run->can_take_over);
  wd_json_writer_boolean_member (writer, "must_confirm", run->must_confirm);
  wd_json_writer_string_member (writer, "last_error", run->last_error);
  wd_wire_count_member (writer, "undelivered", run->undelivered);
  if (run->counts != NULL)
    write_counts (writer, run->counts);
  if (run->forecast != NULL)
    {
      write_forecast (writer, run->forecast);
      wd_json_writer_int_member (writer, "not_asked", run->not_asked);
    }
  if (run->refusals != NULL)
    wd_wire_refusals_member (writer, "refused",
                             wd_bulk_operation_is_for_wallets (run->request->operation)
                               ? "wallet_address" : "id", run->refusals);
}

/**
 * wd_wire_bulk_list_members:
 * @writer: a writer inside an object
 * @runs: (element-type WdBulkRun): bulk runs
 */
void
wd_wire_bulk_list_members (WdJsonWriter *writer, const GPtrArray *runs)
{
  wd_json_writer_name (writer, "runs");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < runs->len; i++)
    {
      wd_json_writer_begin_object (writer);
      wd_wire_bulk_members (writer, runs->pdata[i]);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}
