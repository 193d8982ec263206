/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-queue-plan.h"

/**
 * wd_wire_queue_plan_members:
 * @writer: a writer inside an object
 * @plan: the jobs that an order about a queue is about
 */
void
wd_wire_queue_plan_members (WdJsonWriter *writer, const WdQueuePlan *plan)
{
  wd_json_writer_string_member (writer, "queue", plan->order->queue);
  wd_json_writer_int_member (writer, "count", plan->items->len);
  wd_json_writer_boolean_member (writer, "or_more", plan->or_more);
  wd_json_writer_name (writer, "jobs");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < plan->items->len; i++)
    {
      const WdQueueItem *item = plan->items->pdata[i];

      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, "id", item->id);
      wd_json_writer_string_member (writer, "queue_state", item->state);
      wd_json_writer_string_member (writer, "job_log_id", item->job_log_id);
      wd_json_writer_string_member (writer, "job_type", item->job_type);
      wd_json_writer_string_member (writer, "status", item->row_status);
      wd_json_writer_string_member (writer, "wallet_address", item->wallet_address);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}
