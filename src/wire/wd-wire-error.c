/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-error.h"

#include "base/wd-error.h"

static const char *
code_name (const GError *error)
{
  if (error->domain == WD_ERROR)
    return wd_error_code_name (error->code);
  return wd_error_is_cancelled (error) ? "cancelled" : wd_error_code_name (WD_ERROR_FAILED);
}

/**
 * wd_wire_error_members:
 * @writer: a writer inside an object
 * @error: why something was not done
 *
 * Writes the sentence for people, and the word for programs.
 */
void
wd_wire_error_members (WdJsonWriter *writer, const GError *error)
{
  wd_json_writer_string_member (writer, "error", error->message);
  wd_json_writer_string_member (writer, "code", code_name (error));
}
