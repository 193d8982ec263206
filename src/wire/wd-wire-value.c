/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-value.h"

#include "base/wd-json-text.h"
#include "model/wd-job.h"

/**
 * wd_wire_time_member:
 * @writer: a writer inside an object
 * @name: of the member
 * @time: RFC 3339 in UTC, or null for %WD_TIME_NONE
 */
void
wd_wire_time_member (WdJsonWriter *writer, const char *name, WdTime time)
{
  char text[WD_TIME_RFC3339_SIZE];

  if (time != WD_TIME_NONE)
    wd_time_write_rfc3339 (time, text);
  wd_json_writer_string_member (writer, name, time != WD_TIME_NONE ? text : NULL);
}

/**
 * wd_wire_count_member:
 * @writer: a writer inside an object
 * @name: of the member
 * @count: negative where it is not known, which is null
 */
void
wd_wire_count_member (WdJsonWriter *writer, const char *name, gint64 count)
{
  wd_wire_int_member (writer, name, count < 0 ? WD_INT_NONE : count);
}

/**
 * wd_wire_int_member:
 * @writer: a writer inside an object
 * @name: of the member
 * @value: a column, null for %WD_INT_NONE
 */
void
wd_wire_int_member (WdJsonWriter *writer, const char *name, gint64 value)
{
  wd_json_writer_name (writer, name);
  if (value == WD_INT_NONE)
    wd_json_writer_null (writer);
  else
    wd_json_writer_int (writer, value);
}

/**
 * wd_wire_tristate_member:
 * @writer: a writer inside an object
 * @name: of the member
 * @value: null where unset
 */
void
wd_wire_tristate_member (WdJsonWriter *writer, const char *name, WdTristate value)
{
  wd_json_writer_name (writer, name);
  if (value == WD_TRISTATE_UNSET)
    wd_json_writer_null (writer);
  else
    wd_json_writer_boolean (writer, value == WD_TRISTATE_TRUE);
}

/**
 * wd_wire_raw_member:
 * @writer: a writer inside an object
 * @name: of the member
 * @json: (nullable): a JSON value, taken over digit by digit; what is none, in a column that takes
 *   any text, goes in as a string
 */
void
wd_wire_raw_member (WdJsonWriter *writer, const char *name, const char *json)
{
  if (json != NULL && !wd_json_text_is_valid (json))
    {
      wd_json_writer_string_member (writer, name, json);
      return;
    }
  wd_json_writer_name (writer, name);
  wd_json_writer_raw (writer, json);
}

/**
 * wd_wire_strings_member:
 * @writer: a writer inside an object
 * @name: of the member
 * @values: (nullable) (array zero-terminated=1): %NULL is an empty array
 */
void
wd_wire_strings_member (WdJsonWriter *writer, const char *name, const char *const *values)
{
  wd_json_writer_name (writer, name);
  wd_json_writer_begin_array (writer);
  for (; values != NULL && *values != NULL; values++)
    wd_json_writer_string (writer, *values);
  wd_json_writer_end_array (writer);
}
