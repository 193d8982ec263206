/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What bulk work is ordered with. A filter goes as its line of text, which says all that a filter
 * can: one by one, the service knows a few conditions only. */

#include "wire/wd-wire-send-bulk.h"

#include "base/wd-json-writer.h"
#include "model/wd-filter-text.h"
#include "wire/wd-wire-bulk-order.h"
#include "wire/wd-wire-bulk.h"
#include "wire/wd-wire-value.h"

/* What moves with the clock stands still: the service has another clock. */
static char *
describe_jobs (const WdJobFilter *filter)
{
  g_autoptr (WdJobFilter) fixed = wd_job_filter_copy (filter);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  fixed->from_ago = fixed->to_ago = fixed->completed_from_ago = fixed->completed_to_ago = 0;
  return wd_job_filter_to_text (fixed, utc);
}

static void
write_filter (WdJsonWriter *writer, const WdBulkRequest *request)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *line = request->jobs != NULL
                          ? describe_jobs (request->jobs)
                          : wd_wallet_filter_to_text (request->wallets, utc);

  wd_json_writer_name (writer, wd_wire_bulk_filter_name (request->operation));
  wd_json_writer_begin_object (writer);
  if (*line != '\0')
    wd_json_writer_string_member (writer, WD_WIRE_BULK_LINE, line);
  wd_json_writer_end_object (writer);
}

static void
write_flags (WdJsonWriter *writer, const WdBulkRequest *request)
{
  wd_json_writer_name (writer, "flags");
  wd_json_writer_begin_object (writer);
  if (request->needs_gas != WD_TRISTATE_UNSET)
    wd_wire_tristate_member (writer, "needs_gas", request->needs_gas);
  if (request->needs_consolidation != WD_TRISTATE_UNSET)
    wd_wire_tristate_member (writer, "needs_consolidation", request->needs_consolidation);
  wd_json_writer_end_object (writer);
}

static void
write_options (WdJsonWriter *writer, const WdBulkRequest *request)
{
  switch (request->operation)
    {
    case WD_BULK_RETRY:
      wd_json_writer_boolean_member (writer, "reset_retry_count", request->reset);
      /* A service that does not know it refuses it. */
      if (request->force)
        wd_json_writer_boolean_member (writer, "force", TRUE);
      break;
    case WD_BULK_DISPATCH:
      wd_wire_bulk_dispatch_members (writer, request);
      break;
    case WD_BULK_SET_FLAGS:
    default:
      write_flags (writer, request);
    }
}

/**
 * wd_wire_send_bulk:
 * @request: what to do, and to which
 *
 * Returns: (transfer full): a document that has it frozen
 */
char *
wd_wire_send_bulk (const WdBulkRequest *request)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "operation", wd_bulk_operation_word (request->operation));
  write_options (writer, request);
  if (request->subjects != NULL)
    wd_wire_strings_member (writer, wd_wire_bulk_subjects_name (request->operation),
                            (const char *const *) request->subjects);
  else
    write_filter (writer, request);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (g_steal_pointer (&writer));
}

/**
 * wd_wire_send_bulk_go:
 * @confirm: the number that was confirmed, or -1
 *
 * Returns: (transfer full): a document that goes with what is said to a run
 */
char *
wd_wire_send_bulk_go (gint64 confirm)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  if (confirm >= 0)
    wd_json_writer_int_member (writer, "confirm", confirm);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (g_steal_pointer (&writer));
}
