/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent to the endpoints that write. */

#include "wire/wd-wire-send.h"

#include "base/wd-json-writer.h"

/* @writer: (transfer full) */
static char *
finish (WdJsonWriter *writer)
{
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (writer);
}

/**
 * wd_wire_send_dispatch:
 * @address: of the wallet
 * @user_id: (nullable): its owner
 * @priority: on the platform's scale
 *
 * Returns: (transfer full): a document that orders a job
 */
char *
wd_wire_send_dispatch (const char *address, const char *user_id, WdPriority priority)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "wallet_address", address);
  if (user_id != NULL)
    wd_json_writer_string_member (writer, "user_id", user_id);
  wd_json_writer_int_member (writer, "priority", priority);
  wd_json_writer_string_member (writer, "triggered_by", "manual");
  return finish (g_steal_pointer (&writer));
}

/**
 * wd_wire_send_retry:
 * @id: the row's UUID
 * @reset: with the full number of attempts again
 * @force: also where such a job is under way for the wallet
 *
 * Returns: (transfer full): a document that orders another attempt
 */
char *
wd_wire_send_retry (const char *id, gboolean reset, gboolean force)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "job_id", id);
  /* The deployed server takes whatever is there and not empty for a yes. */
  if (reset)
    wd_json_writer_boolean_member (writer, "reset_retry_count", TRUE);
  if (force)
    wd_json_writer_boolean_member (writer, "force", TRUE);
  return finish (g_steal_pointer (&writer));
}

/**
 * wd_wire_send_flags:
 * @address: of the wallet
 * @needs_gas: the new value, or unset to leave it
 * @needs_consolidation: likewise
 *
 * Returns: (transfer full): a document that changes flags
 */
char *
wd_wire_send_flags (const char *address, WdTristate needs_gas, WdTristate needs_consolidation)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "wallet_address", address);
  wd_json_writer_name (writer, "flags");
  wd_json_writer_begin_object (writer);
  if (needs_gas != WD_TRISTATE_UNSET)
    wd_json_writer_boolean_member (writer, "needs_gas", needs_gas == WD_TRISTATE_TRUE);
  if (needs_consolidation != WD_TRISTATE_UNSET)
    wd_json_writer_boolean_member (writer, "needs_consolidation",
                                   needs_consolidation == WD_TRISTATE_TRUE);
  wd_json_writer_end_object (writer);
  return finish (g_steal_pointer (&writer));
}
